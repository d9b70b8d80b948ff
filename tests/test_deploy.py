"""Do the files of deploy/ name what the project has, and is each as closed as docs/running.md says?"""

import re
import shutil
import subprocess
import tomllib

import pytest

from tests.tree import ROOT, files

DEPLOY = ROOT / "deploy"
UNITS = [DEPLOY / "creator-fit.service", DEPLOY / "creator-fit-backup.service", DEPLOY / "creator-fit-backup.timer"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
NOT_NEEDED = {"tests", "benchmarks", "docs", "deploy"}


def copied() -> set[str]:
    """What the image takes from the project's folder."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return {source for line in lines for source in line.split()[:-1]}


def test_the_image_holds_every_part_of_the_product_and_no_more() -> None:
    folders = {path.parts[0] for path in files(".py") if len(path.parts) > 1}
    assert copied() == (folders - NOT_NEEDED) | {
        ".streamlit",
        "static",
        "app.py",
        "__init__.py",
        "requirements-s3.lock",
    }


def test_the_builder_is_sent_what_the_image_copies() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in lines if line.startswith("!")} == copied()


def test_the_image_has_no_rights_and_is_watched() -> None:
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["10001"]
    assert "HEALTHCHECK" in DOCKERFILE
    assert "--require-hashes -r requirements-s3.lock" in DOCKERFILE
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    app = compose[compose.index("  app:") : compose.index("  db:")]
    for closed in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "mem_limit:", "pids_limit:"):
        assert closed in app


def test_a_second_server_listens_where_the_proxy_can_be_told_to_look() -> None:
    (port,) = re.findall(r"STREAMLIT_SERVER_PORT: (\d+)", (DEPLOY / "compose.two.yaml").read_text(encoding="utf-8"))
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"^    # server 127.0.0.1:(\d+) ", site, re.MULTILINE) == [port]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_units() -> None:
    said = subprocess.run(["systemd-analyze", "verify", *UNITS], capture_output=True, text=True).stderr
    # Neither the program nor its user is on the machine that tests.
    missing = ("not executable", "Failed to prepare filename", "Unit creator-fit")
    assert [line for line in said.splitlines() if "creator-fit" in line and not any(m in line for m in missing)] == []
    score = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", UNITS[0]], capture_output=True, text=True, check=True
    ).stdout
    assert float(re.search(r"Overall exposure level for creator-fit.service: ([\d.]+)", score)[1]) <= 2.0


def test_without_a_proxy_only_this_machine_is_answered() -> None:
    server = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    assert (server["address"], server["allowedHosts"]) == ("127.0.0.1", ["127.0.0.1", "localhost"])


def test_every_place_of_the_proxy_says_who_asks() -> None:
    """A place that sets one header of its own inherits none: the app would take all browsers for one address."""
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    places = [place.partition("}")[0] for place in re.split(r"^    location ", site, flags=re.MULTILINE)[1:]]
    with_own = [place for place in places if "proxy_set_header" in place]
    assert len(with_own) == 1
    for header in ("Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto https"):
        assert [place for place in with_own if f"proxy_set_header {header};" not in place] == [], header


def test_an_upload_may_be_as_large_for_the_proxy_as_for_the_app() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    (megabytes,) = re.findall(r"^maxUploadSize = (\d+)$", config, re.MULTILINE)
    assert f"client_max_body_size {megabytes}m;" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
