"""Many threads read, keep and purge at once: the books stay right, and nothing purged is seen again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from tsunagari.kernel.edge.declare import Keep
from tsunagari.kernel.edge.memory import REMEMBERED, Answer, Key, Memory, made


def _answer(body: bytes, *names: str) -> Answer:
    return made(
        headers=[("Content-Type", "text/html")],
        body=body,
        keep=Keep(names=frozenset(names)),
        view="",
        page="",
    )


def _key(path: str) -> Key:
    return "town.example", "http", path, "", False


def _heard(limit: int = 10**7) -> Memory:
    memory = Memory(limit=limit, now=lambda: 0.0)
    memory.heard_all(0.0)
    return memory


def test_what_is_read_after_a_purge_was_drawn_after_the_change() -> None:
    memory, lock, done = _heard(), Lock(), Event()
    version = [0]
    stale: list[tuple[int, int]] = []

    def write() -> None:
        for _ in range(400):
            with lock:
                version[0] += 1  # the commit
            memory.drop(["page"])
        done.set()

    def read() -> None:
        while not done.is_set():
            before = version[0]
            ticket = memory.ticket()
            found = memory.found(_key("/"))
            if found is None:
                with lock:
                    drawn = version[0]
                memory.keep(_key("/"), _answer(str(drawn).encode(), "page"), ticket)
            elif int(found.body) < before - 1:  # the last commit's purge may still be on its way
                stale.append((int(found.body), before))

    with ThreadPoolExecutor(5) as people:
        readers = [people.submit(read) for _ in range(4)]
        people.submit(write).result()
        for reader in readers:
            reader.result()
    assert stale == []
    memory.drop(["page"])
    assert (len(memory), memory.bytes) == (0, 0)


def test_the_reckoning_of_bytes_holds_when_all_write_at_once() -> None:
    memory = _heard(200_000)

    def work(worker: int) -> None:
        for number in range(300):
            memory.keep(_key(f"/{worker}/{number % 50}"), _answer(b"x" * (number * 7), f"n{number % 9}"), memory.ticket())  # fmt: skip
            memory.drop([f"n{number % 11}"])

    with ThreadPoolExecutor(4) as people:
        list(people.map(work, range(4)))
    assert 0 <= memory.bytes <= 200_000
    memory.drop([f"n{number}" for number in range(9)])
    assert (len(memory), memory.bytes) == (0, 0)


def test_after_a_flood_of_purges_an_old_drawing_is_not_kept_for_it_cannot_be_told() -> None:
    memory = _heard()
    ticket = memory.ticket()
    memory.drop([f"n{number}" for number in range(REMEMBERED + 1)])
    assert not memory.keep(_key("/"), _answer(b"old", "n1"), ticket)
    assert memory.keep(_key("/"), _answer(b"new", "n1"), memory.ticket())
