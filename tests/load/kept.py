"""Part kept: a kept page beside a bare Wagtail and nginx, and how soon a change is seen everywhere.

TSUNAGARI_LOAD_PAGE names another page by its path; it has to be one that its view keeps.
"""

import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.load import scratch
from tests.load.report import Report
from tests.load.visitors import FIREFOX

PAGE = os.environ.get("TSUNAGARI_LOAD_PAGE", "/kept/")
CLIENTS, SECONDS, ROUNDS = 200, 6, 3
TO_WAGTAIL, TO_NGINX, FRESH = 20.0, 0.3, 1.0
CHANGES, PROCESSES = 40, 4
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
WRK = shutil.which("wrk")

CONFIGURATION = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
{user}
events {{ worker_connections 1024; }}
http {{
    log_format nobody '$time_iso8601 $request_method $status $body_bytes_sent $request_time $request_id';
    access_log {folder}/access.log nobody;
    keepalive_requests 1000000;
    types {{ text/html html; }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/site; }}
}}
"""


def measure(report: Report) -> None:
    """Speed first, then freshness; what a missing programme keeps from being measured is said."""
    report.heading(f"A kept page under {CLIENTS} clients on kept connections, and a change seen everywhere")  # fmt: skip
    if not (WRK and NGINX):
        report.line("not measured: wrk and nginx are needed (apt-get install wrk nginx)")
        return
    try:
        with scratch.installation(postgresql=True, settings="tests.load.settings") as place:
            _speed(report, place)
            _freshness(report, place)
    except scratch.Unreachable as fault:
        report.line(f"not measured: {fault}")


def _speed(report: Report, place: scratch.Place) -> None:
    with ExitStack() as served:
        ours = served.enter_context(place.serving("tsunagari.city.wsgi"))
        body = fetched(ours, PAGE)
        wagtail = served.enter_context(_bare_wagtail(place.folder, body))
        nginx = served.enter_context(_nginx(place.folder, body))
        addresses = {
            "kept": f"http://127.0.0.1:{ours}{PAGE}",
            "wagtail": f"http://127.0.0.1:{wagtail}/page/",
            "nginx": f"http://127.0.0.1:{nginx}/page.html",
        }
        rounds = [{name: asked(each) for name, each in addresses.items()} for _ in range(ROUNDS)]
    speed = {name: statistics.median(each[name] for each in rounds) for name in addresses}
    kept = speed["kept"]
    report.line(
        f"{PAGE}, {len(body):,} bytes, two processes each, medians of {ROUNDS} rounds of {SECONDS} s in turns: "
        f"kept {kept:,.0f}, bare Wagtail {speed['wagtail']:,.0f}, nginx with its access log {speed['nginx']:,.0f} requests a second"
    )
    report.goal(f"{kept / speed['wagtail']:.1f} times a bare Wagtail page (goal ≥ {TO_WAGTAIL:.0f})", reached=kept >= TO_WAGTAIL * speed["wagtail"])  # fmt: skip
    report.goal(f"{kept / speed['nginx']:.2f} of nginx (goal ≥ {TO_NGINX})", reached=kept >= TO_NGINX * speed["nginx"])  # fmt: skip


def _freshness(report: Report, place: scratch.Place) -> None:
    with place.serving("tsunagari.city.wsgi", PROCESSES) as port:
        words = [str(WRK), "-t1", "-c50", "-d600s", "-H", f"User-Agent: {FIREFOX}", f"http://127.0.0.1:{port}/kept/"]  # fmt: skip
        hammer = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            told = json.loads(place.python("tests.load.kept_here", str(port), str(CHANGES)))
        finally:
            hammer.terminate()
            hammer.wait(60)
    late = sorted(told["late"])
    report.goal(
        f"{CHANGES} changes from another process under {PROCESSES} server processes hammered by 50 clients, {told['read']:,} readings: "
        f"the version before was last given to a request sent {statistics.median(late):.2f} s after the commit (median), "
        f"{late[-1]:.2f} s at the worst (goal ≤ {FRESH:.0f} s)",
        reached=late[-1] <= FRESH,
    )


def fetched(port: int, path: str) -> bytes:
    """The page itself, once it is kept; RuntimeError when it is not 200 or not kept at all."""
    for _ in range(20):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("GET", path, headers={"User-Agent": FIREFOX})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        if answer.status == 200 and answer.getheader("ETag"):
            return body
        time.sleep(0.2)
    raise RuntimeError(f"{path} answered {answer.status} and is not kept")


def asked(address: str) -> float:
    """Requests a second that wrk got answered; RuntimeError when any answer was not 200."""
    words = [str(WRK), "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", "-H", f"User-Agent: {FIREFOX}", address]  # fmt: skip
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{address}: {said}")
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if found is None:
        raise RuntimeError(f"{address}: {said}")
    return float(found[1])


@contextmanager
def _bare_wagtail(folder: Path, body: bytes) -> Iterator[int]:
    own = folder / "wagtail"
    own.mkdir()
    inside = re.sub(rb"^.*<body>|</body>.*$", b"", body, flags=re.DOTALL)
    (own / "body.html").write_bytes(inside)
    name = f"{folder.name}_bare"
    scratch.administer("CREATE DATABASE {name}", name=name)
    try:
        place = scratch.Place(
            folder=own,
            settings="tests.load.bare_wagtail.settings",
            extra={
                "BARE_WAGTAIL": str(own),
                "BARE_WAGTAIL_DATABASE": f"{scratch.SERVER}/{name}",
            },
        )
        place.python("tests.load.bare_wagtail.filling", str(own / "body.html"))
        with place.serving("tests.load.bare_wagtail.application") as port:
            yield port
    finally:
        scratch.drop(name)


@contextmanager
def _nginx(folder: Path, body: bytes) -> Iterator[int]:
    own = folder / "nginx"
    (own / "site").mkdir(parents=True)
    (own / "site/page.html").write_bytes(body)
    port = scratch.free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    file = own / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=own, port=port, user=user))
    process = subprocess.Popen([str(NGINX), "-c", str(file)], stdout=sys.stderr)
    try:
        time.sleep(0.5)
        yield port
    finally:
        process.terminate()
        process.wait(30)
