"""Put Debian's nginx with the site of deploy/nginx.conf in front of servers: only names, paths, ports are replaced."""

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.driver import ROOT, free_port, wait_for

SITE = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
SERVER = "    server 127.0.0.1:8501 max_fails=1 fail_timeout=10s;\n"
NAME, PASSWORD = "ada", "a long word of passage"
ASKED = "asked.log"  # of the folder: which server each request went to, and the cookie that it came with
UNSAFE = ssl.create_default_context()
UNSAFE.check_hostname, UNSAFE.verify_mode = False, ssl.CERT_NONE


@contextmanager
def behind_nginx(folder: Path, servers: Sequence[str]) -> Iterator[str]:
    """Start nginx in front of servers; yield its address; stop it. servers: their addresses."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        leave = pytest.fail if os.environ.get("CI") else pytest.skip
        leave("nginx is not installed: apt-get install nginx-light")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", folder / "key", "-out", folder / "pem"], check=True, capture_output=True)
    hashed = subprocess.run(["openssl", "passwd", "-6", PASSWORD], check=True, capture_output=True, text=True).stdout
    (folder / "htpasswd").write_text(f"{NAME}:{hashed}")
    plain, secure = free_port(), free_port()
    site = SITE
    for shipped, tried in {
        "listen 80;": f"listen 127.0.0.1:{plain};", "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "server_name fit.example.com": "server_name localhost", "/etc/ssl/fit.example.com.pem": str(folder / "pem"),
        "/etc/ssl/fit.example.com.key": str(folder / "key"),
        "/etc/nginx/creator-fit.htpasswd": str(folder / "htpasswd"),
        SERVER: "".join(SERVER.replace("127.0.0.1:8501", one.removeprefix("http://")) for one in servers),
    }.items():  # fmt: skip
        assert shipped in site, shipped
        site = site.replace(shipped, tried)
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; daemon off; user root; events {{}}\n"
        f"http {{ log_format asked '$upstream_addr $cookie_creator_fit $status $uri';\n"
        f"access_log {folder}/{ASKED} asked;\n"
        f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied;\n"
        f"include /etc/nginx/mime.types;\n{site}}}\n"
    )
    server = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        wait_for(f"https://localhost:{secure}/_stcore/health", context=UNSAFE)
        yield f"https://localhost:{secure}"
    finally:
        server.terminate()
        server.wait(10)
