"""`tsunagari serve` as an operator meets it: one line when it answers, a sentence when it cannot."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from tests.ports import kept_port

from tsunagari.city.command import asked_zone

MAIN = "from tsunagari.city.command import main; main()"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another programme listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_busy_port_is_refused_in_a_sentence(taken: int) -> None:
    with pytest.raises(CommandError, match=f"Port {taken} on 127.0.0.1 is busy"):
        call_command("serve", "--port", str(taken))


def test_an_unknown_zone_is_refused_with_those_that_exist() -> None:
    with pytest.raises(
        CommandError, match="There is no zone 'moon'; there are all, public, internet"
    ):
        call_command("serve", "--zone", "moon")


def test_a_zone_that_comes_too_late_is_refused() -> None:
    with pytest.raises(CommandError, match="set TSUNAGARI_ZONE=lgwan before"):
        call_command("serve", "--zone", "lgwan")


def test_no_process_at_all_is_refused() -> None:
    with pytest.raises(CommandError, match="processes"):
        call_command("serve", "--processes", "0")


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("serve --zone lgwan", "lgwan"),
        ("serve --port 80 --zone=public", "public"),
        ("check --production --zone public", "public"),
        ("serve", ""),
        ("worker", ""),
    ],
)
def test_the_zone_is_known_before_settings_are_read(line: str, zone: str) -> None:
    assert asked_zone(line.split()) == zone


def test_the_public_host_answers_carries_no_console_and_stops_in_order(tmp_path: Path) -> None:
    with kept_port() as keeper:
        _serves_the_public_host(tmp_path, keeper.getsockname()[1])


def _serves_the_public_host(data: Path, port: int) -> None:
    environment = os.environ | {
        "TSUNAGARI_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environment.pop("TSUNAGARI_DATABASE_URL", None)
    words = [
        sys.executable,
        "-c",
        MAIN,
        "serve",
        "--zone",
        "public",
        "--port",
        str(port),
        "--processes",
        "1",
    ]
    server = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        assert server.stdout.readline() == (
            f"Tsunagari (zone: public) answers at http://127.0.0.1:{port}/ - Ctrl+C stops it.\n"
        )
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", "/console/account/login/")
        assert connection.getresponse().status == 404
        server.terminate()
        assert server.wait(timeout=120) == 0
    finally:
        server.kill()
        server.communicate()
