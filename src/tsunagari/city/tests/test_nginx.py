"""nginx with deploy/one-machine/nginx.conf before a real server: https, what is handed on, what stays closed, and the
export that answers when the server is away."""

import http.client
import json
import os
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.ports import kept_port

from tsunagari.city import environment

CONFIGURATION = environment.ROOT / "deploy/one-machine/nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
MAIN = "from tsunagari.city.command import main; main()"
SITE = "www.city.example.jp"
STAFF = "staff.city.example.jp"
PATIENCE = 120.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not NGINX or not shutil.which("openssl") or os.geteuid() != 0,
        reason="nginx, openssl and an administrator's rights are needed",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Site:
    """The proxy's two ports, and what the server behind it logs."""

    plain: int
    secure: int
    server: int
    log: Path
    stop: Callable[[], object]

    def ask(
        self,
        path: str,
        *,
        host: str = SITE,
        secure: bool = True,
        method: str = "GET",
        body: bytes = b"",
        **headers: str,
    ) -> http.client.HTTPResponse:
        """One request to the proxy; the body is read already (`.said`)."""
        if secure:
            anyone = ssl.create_default_context()
            anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
            line: http.client.HTTPConnection = http.client.HTTPSConnection(
                "127.0.0.1", self.secure, timeout=PATIENCE, context=anyone
            )
        else:
            line = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=PATIENCE)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        line.request(method, path, body=body or None, headers={"Host": host} | named)
        answer = line.getresponse()
        answer.said = answer.read()  # type: ignore[attr-defined]  # kept for the tests
        line.close()
        return answer


def _environment(data: Path) -> dict[str, str]:
    return os.environ | {
        "TSUNAGARI_DATA": str(data),
        "TSUNAGARI_DATABASE_URL": "",
        "TSUNAGARI_SECURE": "1",
        "TSUNAGARI_PROXIES": "1",
        "TSUNAGARI_DEMO": "",
        "TSUNAGARI_HOSTS": f"{SITE},{STAFF}",
        "TSUNAGARI_LOG": "json",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def _configure(folder: Path, ports: dict[str, int]) -> Path:
    text = CONFIGURATION.read_text()
    for before, after in (
        ("listen 80", f"listen {ports['http']}"),
        ("listen 443", f"listen {ports['https']}"),
        ("127.0.0.1:8000", f"127.0.0.1:{ports['public']}"),
        ("127.0.0.1:8001", f"127.0.0.1:{ports['staff']}"),
        ("/etc/tsunagari/tls/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/run/nginx.pid", f"{folder}/nginx.pid"),
        ("/srv/tsunagari-site/export", f"{folder}/export"),
        ("worker_processes auto;", "user root; worker_processes 1; daemon off;"),
    ):
        assert before in text
        text = text.replace(before, after)
    file = folder / "nginx.conf"
    file.write_text(text)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={SITE}",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return file


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A migrated installation, the server of its public zone, and nginx before it."""
    folder = tmp_path_factory.mktemp("nginx")
    given = _environment(folder / "data")
    exported = str(folder / "export")
    for words in (
        ["migrate", "-v0"],
        ["collectstatic", "--no-input", "-v0"],
        ["site", "export", exported],
    ):
        subprocess.run([sys.executable, "-W", "ignore", "-c", MAIN, *words], env=given, check=True)
    with ExitStack() as ending:
        ports = {
            name: ending.enter_context(kept_port()).getsockname()[1]
            for name in ("http", "https", "public", "staff")
        }
        file = _configure(folder, ports)
        assert NGINX
        tested = subprocess.run(
            [NGINX, "-t", "-c", str(file)], capture_output=True, text=True, check=False
        )
        assert tested.returncode == 0, tested.stderr
        log = (folder / "log").open("w")
        serve = [
            sys.executable,
            "-c",
            MAIN,
            "serve",
            "--zone",
            "public",
            "--port",
            str(ports["public"]),
            "--processes",
            "1",
        ]
        processes = [
            subprocess.Popen(words, env=given, stdout=log, stderr=log)
            for words in ([NGINX, "-c", str(file)], serve)
        ]
        for process in processes:
            ending.callback(process.wait, PATIENCE)
            ending.callback(process.terminate)
        made = Site(
            plain=ports["http"],
            secure=ports["https"],
            server=ports["public"],
            log=folder / "log",
            stop=processes[1].terminate,
        )
        _await(made)
        yield made


def _await(site: Site) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if site.ask("/account/login/").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(site.log.read_text())


def test_http_is_sent_on_to_https_and_strangers_get_no_answer(site: Site) -> None:
    answer = site.ask("/account/login/", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{SITE}/account/login/")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        site.ask("/", host="somebody.example.org")


def test_a_page_comes_by_https_with_its_headers(site: Site) -> None:
    answer = site.ask("/account/login/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert (
        "nonce-" in answer.headers["Content-Security-Policy"]
        or "script-src" in answer.headers["Content-Security-Policy"]
    )
    assert "nginx/" not in (answer.headers["Server"] or "")


def test_static_files_come_with_a_long_life(site: Site) -> None:
    page = getattr(site.ask("/account/login/"), "said").decode()  # noqa: B009 - ask keeps it
    path = (
        page.split('rel="stylesheet" href="')[1].split('"')[0]
        if 'rel="stylesheet" href="' in page
        else page.split("/static/")[1].split('"')[0]
    )
    path = path if path.startswith("/") else f"/static/{path}"
    answer = site.ask(path)
    assert answer.status == 200
    assert "max-age=" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/livez"])
def test_what_machines_ask_is_closed_to_the_world_and_open_beside_the_proxy(
    site: Site, path: str
) -> None:
    assert site.ask(path).status == 404
    line = http.client.HTTPConnection("127.0.0.1", site.server, timeout=PATIENCE)
    line.request("GET", path)
    assert line.getresponse().status == 200
    line.close()


def test_the_console_is_not_on_the_public_host(site: Site) -> None:
    assert site.ask("/console/account/login/").status == 404


def test_a_request_bears_the_proxys_name_and_no_visitors_header_gets_through(site: Site) -> None:
    answer = site.ask(
        "/account/login/", X_Forwarded_For="127.0.0.1", X_Request_ID="visitors-own-name"
    )
    name = answer.headers["X-Request-ID"]
    assert len(name) == 32  # nginx's own
    lines = [json.loads(line) for line in site.log.read_text().splitlines() if line.startswith("{")]
    assert name in {line.get("request") for line in lines}
    assert "visitors-own-name" not in site.log.read_text()


def test_what_is_larger_than_the_edge_takes_ends_at_the_proxy(site: Site) -> None:
    try:
        answer = site.ask("/account/login/", method="POST", body=b"x" * (17 * 1024 * 1024))
    except (BrokenPipeError, ConnectionResetError):
        return  # it hung up while we still sent
    assert answer.status == 413


def test_while_the_server_is_away_its_export_answers(site: Site) -> None:
    """The last test here: it stops the server."""
    home = site.ask("/").said  # type: ignore[attr-defined]  # ask keeps it
    site.stop()
    until = time.monotonic() + PATIENCE
    while (answer := site.ask("/")).headers["Cache-Control"] != "no-cache" and time.monotonic() < until:  # fmt: skip
        time.sleep(0.1)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "X-Request-ID" not in answer.headers
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    said: bytes = answer.said  # type: ignore[attr-defined]  # ask keeps it
    assert home.split(b"<title>")[1][:30] == said.split(b"<title>")[1][:30]
    assert site.ask("/en/").status == site.ask("/design/").status == 200
    style = said.decode().split('rel="stylesheet" href="')[1].split('"')[0]
    assert site.ask(style).headers["Content-Type"].startswith("text/css")
    for path, method in (("/account/login/", "GET"), ("/no-such-page/", "GET"), ("/design/", "POST")):  # fmt: skip
        away = site.ask(path, method=method)
        assert away.status == 503
        assert "今は使えない機能です" in away.said.decode()  # type: ignore[attr-defined]  # ask keeps it
        assert away.headers["Retry-After"] == "300"
    assert site.ask("/export.json/../../data/secret_key").status in (400, 503)
    assert site.ask("/metrics").status == 404
