"""Write files whole or not at all, also when the power fails."""

import os
import threading
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_whole(path: Path, text: str) -> None:
    """Put text under this name at once or not at all; several processes and threads may do so at once."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    fresh.write_text(text, encoding="ascii")
    sync(fresh)
    fresh.replace(path)
