"""Server processes start to count, stop without a loss, and do not outlive their parent."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.ports import kept_port

from tsunagari.kernel.edge.server import Listening, refusal

RUN = """
import os, sys, time
from pathlib import Path
if os.environ.get("ONE_BEGINS_SLOWLY"):
    def dawdle():
        try:
            Path(os.environ["NOTES"], "slow").touch(exist_ok=False)
        except FileExistsError:
            return
        time.sleep(2)
    os.register_at_fork(after_in_child=dawdle)
from tsunagari.kernel.edge.server import Listening, serve
serve("tsunagari.kernel.edge.tests.a_served_module",
      Listening(host="127.0.0.1", port=int(sys.argv[1]), processes=2, threads=2),
      ready=lambda: print("ready", flush=True))
"""
FIREFOX = {"User-Agent": "Mozilla/5.0 Firefox/145.0"}
PATIENCE = 120.0
"""Seconds until a test gives up; a wait ends as soon as what it waits for has come."""


class Running:
    """A server in processes of its own."""

    def __init__(self, notes: Path, **environment_too: str) -> None:
        self.keeper = kept_port()
        self.port: int = self.keeper.getsockname()[1]
        self.notes = notes
        environment = os.environ | {"NOTES": str(notes), "PYTHONPATH": os.pathsep.join(sys.path)}
        environment |= environment_too
        command = [sys.executable, "-c", RUN, str(self.port)]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"

    def get(self, path: str = "/") -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=FIREFOX)
        answer = connection.getresponse()
        assert answer.getheader("X-Tsunagari-View") is None
        return answer.read().decode()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)
        self.keeper.close()

    def asked(self) -> int:
        return len(list(self.notes.glob("*.asked")))

    def started(self) -> set[str]:
        return {path.stem for path in self.notes.glob("*.started")}

    def stopped(self) -> dict[str, int]:
        return {path.stem: int(path.read_text()) for path in self.notes.glob("*.stopped")}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    yield running
    running.end()


def wait_until(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.05)
    raise AssertionError(f"it did not come about in {PATIENCE:.0f} s")


def test_an_orderly_stop_loses_no_view_of_any_process(server: Running) -> None:
    pages = [server.get() for _ in range(60)]
    server.process.terminate()
    assert server.process.wait(timeout=PATIENCE) == 0
    assert len(server.started()) == 2
    assert server.stopped() == {process: pages.count(process) for process in server.stopped()}
    assert sum(server.stopped().values()) == 60


def test_a_request_under_way_is_answered_and_counted_before_the_stop(server: Running) -> None:
    with ThreadPoolExecutor() as people:
        slow = [people.submit(server.get, "/slow") for _ in range(2)]
        wait_until(lambda: server.asked() == 2)
        server.process.terminate()
        time.sleep(0.3)  # the stop goes its way while both are answered; nothing hangs on how far
        (server.notes / "go").touch()
        assert all(answer.result().isdigit() for answer in slow)
    server.process.wait(timeout=PATIENCE)
    assert sum(server.stopped().values()) == 2


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_that_reaches_parent_and_children_at_once_is_orderly_too(
    server: Running, word: signal.Signals
) -> None:
    pages = [server.get() for _ in range(20)]
    os.killpg(server.process.pid, word)
    os.killpg(server.process.pid, word)
    assert server.process.wait(timeout=PATIENCE) == 0
    assert sum(server.stopped().values()) == len(pages)


def test_a_stop_reaches_a_process_that_is_still_beginning(tmp_path: Path) -> None:
    running = Running(tmp_path, ONE_BEGINS_SLOWLY="yes")
    try:
        os.killpg(running.process.pid, signal.SIGTERM)
        assert running.process.wait(timeout=PATIENCE) == 0
        assert running.stopped().keys() == running.started()
    finally:
        running.end()


def test_a_process_that_is_killed_is_replaced(server: Running) -> None:
    wait_until(lambda: len(server.started()) == 2)
    killed = server.get()
    os.kill(int(killed), signal.SIGKILL)
    wait_until(lambda: len(server.started()) == 3)
    wait_until(lambda: server.get() != killed)


def test_processes_whose_parent_was_killed_stop_in_good_order(server: Running) -> None:
    wait_until(lambda: len(server.started()) == 2)
    server.get()
    server.process.kill()
    wait_until(lambda: len(server.stopped()) == 2)
    assert sum(server.stopped().values()) == 1
    wait_until(lambda: not refusal("127.0.0.1", server.port))


def test_a_busy_port_is_refused_in_words(server: Running) -> None:
    assert refusal("127.0.0.1", server.port) == (
        f"Port {server.port} on 127.0.0.1 is busy: stop what listens there or choose another with --port."
    )


def test_a_host_that_is_not_ours_is_refused_in_words() -> None:
    assert "not an address of this machine" in refusal("192.0.2.1", 8000)
    assert "knows no host" in refusal("no host", 8000)


def test_an_address_is_written_as_a_browser_takes_it() -> None:
    assert Listening(host="::1", port=8000, processes=1, threads=1).address == "http://[::1]:8000/"
