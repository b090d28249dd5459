"""What one process changes, every other process hears: committed late, rolled back, or while the database was away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from tsunagari.kernel.edge import api
from tsunagari.kernel.edge.actions.prune_purges import prune_purges
from tsunagari.kernel.edge.declare import EVERYTHING, Keep
from tsunagari.kernel.edge.following import LONGEST_SILENCE, Follower
from tsunagari.kernel.edge.memory import HERE, Key, Memory, made
from tsunagari.kernel.edge.models import Purge
from tsunagari.kernel.edge.queries import MANY, Heard, listen
from tsunagari.kernel.edge.standing import Standing
from tsunagari.kernel.edge.tests.visits import Moment

NOON = datetime(2027, 3, 31, 3, tzinfo=UTC)
PATIENCE = 60.0


class Process:
    """The memory of another server process, which looks when it is told to."""

    def __init__(self) -> None:
        self.moment = Moment()
        self.memory = Memory(limit=10**6, now=self.moment, clock=self.moment)
        self.standing = Standing()
        self.fault: Exception | None = None
        self.follower = Follower(self.memory, self.standing, look=self.look, now=self.moment)
        assert self.follower.hear()

    def look(self, since: str) -> Heard:
        if self.fault is not None:
            raise self.fault
        return listen(since)

    def keep(self, name: str) -> None:
        keep = Keep(names=frozenset({name}))
        answer = made(headers=[], body=b"page", keep=keep, view="", page="")
        assert self.memory.keep(_key(name), answer, self.memory.ticket())

    def has(self, name: str) -> bool:
        return self.memory.found(_key(name)) is not None


def _key(name: str) -> Key:
    return "town.example", "http", f"/{name}/", "", False


@pytest.fixture
def held_open() -> Iterator["Open"]:
    opened = Open()
    yield opened
    if opened.thread.ident:
        opened.commit()


class Open:
    """A transaction of somebody else that has purged a name and waits before it commits."""

    def __init__(self) -> None:
        self.wrote, self.go = Event(), Event()
        self.thread = Thread(target=self._run)

    def begin(self) -> None:
        self.thread.start()
        assert self.wrote.wait(PATIENCE)

    def commit(self) -> None:
        self.go.set()
        self.thread.join(PATIENCE)

    def _run(self) -> None:
        try:
            with transaction.atomic(), transaction.atomic():  # a savepoint has a number of its own
                api.purge(["late"])
                self.wrote.set()
                self.go.wait(PATIENCE)
        finally:
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_another_process_drops_what_was_purged_when_it_looks_next() -> None:
    process = Process()
    process.keep("page:1")
    process.keep("page:2")
    api.purge(["page:1", "page:3"])
    assert process.has("page:1")
    process.follower.hear()
    assert not process.has("page:1")
    assert process.has("page:2")
    api.purge_all()
    process.follower.hear()
    assert not process.has("page:2")


@pytest.mark.django_db(transaction=True)
def test_an_answer_begun_before_the_first_look_is_not_kept() -> None:
    memory = Memory(limit=10**6)
    ticket = memory.ticket()
    api.purge(["page:1"])  # another process changes the page while this one draws it
    assert Follower(memory, Standing()).hear()
    answer = made(
        headers=[], body=b"page", keep=Keep(names=frozenset({"page:1"})), view="", page=""
    )
    assert not memory.keep(_key("page:1"), answer, ticket)
    assert memory.keep(_key("page:1"), answer, memory.ticket())


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_purged() -> None:
    process = Process()
    process.keep("page:1")
    with transaction.atomic():
        api.purge(["page:1"])
        transaction.set_rollback(True)
    process.follower.hear()
    assert process.has("page:1")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_heard_though_later_ones_were_heard_before(
    held_open: Open,
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    process = Process()
    process.keep("late")
    held_open.begin()
    for number in range(3):  # these get higher numbers and commit at once
        api.purge([f"page:{number}"])
        process.follower.hear()
    process.moment.now += LONGEST_SILENCE / 2
    process.follower.hear()
    assert process.has("late")
    held_open.commit()
    process.follower.hear()
    assert not process.has("late")


@pytest.mark.django_db(transaction=True)
def test_each_purge_is_heard_once() -> None:
    process = Process()
    api.purge(["page:1"])
    process.follower.hear()
    process.keep("page:1")
    for _ in range(3):
        api.purge(["page:2"])
        process.follower.hear()
    assert process.has("page:1")


@pytest.mark.django_db(transaction=True)
def test_a_page_drawn_from_the_state_before_a_commit_is_never_kept(held_open: Open) -> None:
    process = Process()
    if connection.vendor == "postgresql":
        held_open.begin()
    ticket = process.memory.ticket()  # a page is being drawn, and reads what stood there before
    held_open.commit() if connection.vendor == "postgresql" else api.purge(["late"])
    keep = Keep(names=frozenset({"late"}))
    answer = made(headers=[], body=b"before", keep=keep, view="", page="")
    process.follower.hear()
    assert not process.memory.keep(_key("late"), answer, ticket)
    # Another order: it is kept before the purge is heard, and goes when it is.
    ticket = process.memory.ticket()
    api.purge(["late"])
    assert process.memory.keep(_key("late"), answer, ticket)
    process.follower.hear()
    assert not process.has("late")


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_nothing_is_vouched_for_and_what_happened_is_heard_after() -> (
    None
):
    process = Process()
    process.keep("page:1")
    process.keep("page:2")
    process.fault = DatabaseError("away")
    process.moment.now += 1
    assert not process.follower.hear()
    assert not process.memory.vouches
    assert not process.standing.writable
    assert not process.has("page:1")
    api.purge(["page:1"])
    process.fault = None
    process.follower.hear()
    assert not process.has("page:1")
    assert process.has("page:2")
    assert process.standing.writable


@pytest.mark.django_db(transaction=True)
def test_a_fault_is_told_once_and_not_four_times_a_second(caplog: pytest.LogCaptureFixture) -> None:
    process = Process()
    process.fault = DatabaseError("away")
    for _ in range(5):
        process.follower.hear()
    assert caplog.text.count("purges cannot be heard") == 1


@pytest.mark.django_db(transaction=True)
def test_a_look_that_took_long_vouches_from_when_it_was_asked() -> None:
    process = Process()

    def slowly(since: str) -> Heard:
        heard = listen(since)
        process.moment.now += 2
        return heard

    process.follower = Follower(process.memory, process.standing, look=slowly, now=process.moment)
    process.moment.now += 2
    process.follower.hear()
    assert not process.memory.vouches


@pytest.mark.django_db(transaction=True)
def test_after_an_hour_of_silence_everything_is_dropped() -> None:
    process = Process()
    process.keep("page:1")
    process.moment.now += LONGEST_SILENCE + 1
    process.follower.hear()
    assert not process.has("page:1")


@pytest.mark.django_db(transaction=True)
def test_a_database_put_back_to_an_earlier_state_drops_everything() -> None:
    process = Process()
    for number in range(3):
        api.purge([f"page:{number}"])
    process.follower.hear()
    process.keep("page:1")
    if connection.vendor == "sqlite":
        Purge.objects.all().delete()
        process.follower.hear()
        assert not process.has("page:1")
        return
    xmin, xmax, _ = process.follower._position.split(":")  # then a snapshot of a time to come
    assert listen(f"{int(xmin) + 9000}:{int(xmax) + 9000}:").names == (EVERYTHING,)


@pytest.mark.django_db(transaction=True)
def test_more_purges_than_can_be_told_drop_everything() -> None:
    process = Process()
    process.keep("page:x")
    api.purge(f"page:{number}" for number in range(MANY + 1))
    process.follower.hear()
    assert not process.has("page:x")


@pytest.mark.django_db(transaction=True)
def test_the_process_that_purges_drops_at_its_commit() -> None:
    process = Process()
    HERE.append(process.memory)
    try:
        process.keep("page:1")
        with transaction.atomic():
            api.purge(["page:1"])
            assert process.has("page:1")
        assert not process.has("page:1")
    finally:
        HERE.remove(process.memory)


@pytest.mark.django_db(transaction=True)
def test_the_thread_hears_by_itself_and_ends_when_it_is_told() -> None:
    memory = Memory(limit=10**6)
    follows, heard = Event(), Event()

    def look(since: str) -> Heard:
        found = listen(since)
        if since:
            follows.set()
        if found.names:
            heard.set()
        return found

    follower = Follower(memory, Standing(), pace=0.01, look=look)
    follower.start()
    try:
        assert memory in HERE
        assert follows.wait(PATIENCE)  # its first look tells only where it stands
        api.purge(["page:1"])
        assert heard.wait(PATIENCE)
        assert memory.vouches
    finally:
        follower.stop()
    assert memory not in HERE
    assert not follower._thread.is_alive()


@pytest.mark.django_db
def test_at_night_old_purges_go_and_the_newest_stays() -> None:
    for days in (9, 3, 1):
        api.purge([f"page:{days}"], clock=lambda days=days: NOON - timedelta(days=days))  # type: ignore[misc]  # a clock
    assert prune_purges(clock=lambda: NOON) == 2
    assert [row.name for row in Purge.objects.all()] == ["page:1"]
    assert prune_purges(clock=lambda: NOON + timedelta(days=30)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", " ", "a b", "a;b", "お知らせ", "*", "x" * 201, "a\nb"])
def test_a_name_of_another_shape_is_refused_in_words(name: str) -> None:
    with pytest.raises(ValueError, match="names nothing that a page is made of"):
        api.purge([name])
    assert not Purge.objects.exists()


@pytest.mark.django_db
def test_purging_nothing_is_nothing() -> None:
    api.purge([])
    assert not Purge.objects.exists()
