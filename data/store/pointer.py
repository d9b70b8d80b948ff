"""Define the pointer of an object store: its data versions, which of them counts, and small notes beside them.

It is the object CURRENT.json; data/store/local_copy.py reads and writes it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from data.store.object_store import ObjectDamaged
from data.store.open_store import StoreNewer
from data.store.retention import outlived

POINTER = "CURRENT.json"  # the object
SHAPE = 1  # of the pointer; a newer one is refused


@dataclass(frozen=True)
class Version:
    """A data version: its number, the object that holds it, what vouches for that, and when it was published."""

    number: int
    file: str
    sha256: str
    size: int
    published_at: float  # seconds since 1970


@dataclass(frozen=True)
class Pointer:
    """Which version counts (None: nothing is loaded), all that are kept, and small files (text by name) beside them.

    highest: number that a version ever had; another server may still have that one open, so none is given twice.
    written_as: a word of chance, by which a writer knows its own.
    """

    current: int | None = None
    versions: tuple[Version, ...] = ()
    highest: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)
    written_as: str = ""

    def version(self, number: int | None) -> Version | None:
        """The version of a number, None where there is none."""
        return next((version for version in self.versions if version.number == number), None)

    def with_version(self, new: Version) -> "Pointer":
        """The same with a new version that counts from now on, without those that need not be kept any longer."""
        versions = [*(version for version in self.versions if version.number != new.number), new]
        earlier = [
            number for version in versions if (number := version.number) != new.number and number <= (self.current or 0)
        ]
        needed = {new.number, max(earlier, default=new.number)}
        gone = outlived({version.number: version.published_at for version in versions}, needed)
        return self.counting(new.number).only(version for version in versions if version.number not in gone)

    def counting(self, number: int) -> "Pointer":
        """The same with another version that counts."""
        return replace(self, current=number, highest=max(self.highest, number))

    def only(self, versions: Iterable[Version]) -> "Pointer":
        """The same with these versions, and without notes of others."""
        remaining = tuple(versions)
        prefixes = tuple(f"generation-{version.number:06d}." for version in remaining)
        notes = {
            name: text for name, text in self.notes.items() if name.startswith(prefixes) or name[:11] != "generation-"
        }
        return replace(self, versions=remaining, notes=notes)

    def as_json(self) -> str:
        """The text of the object."""
        return json.dumps({"shape": SHAPE, **asdict(self)}, indent=1)


def read_pointer(text: str, place: str) -> Pointer:
    """Read the text of the object. place: where it lies, for messages. Raises StoreNewer and ObjectDamaged."""
    try:
        content = json.loads(text)
        if content.pop("shape") > SHAPE:
            raise StoreNewer(f"{place} was written by a newer Creator Fit. Update this program, then try again.")
        versions = tuple(Version(**version) for version in content.pop("versions"))
        return Pointer(versions=versions, **content)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ObjectDamaged(f"{place} is damaged: it is no list of data versions. Bring a backup back.") from error
