"""Rows that all tests of one module share: written once, taken back after the module's last test.

    @pytest.fixture(scope="module")
    def both_plans(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
        with module_rows(django_db_blocker) as rows:
            load_all()
            rows.written()
            yield

Each test still runs in a savepoint of its own, so that what it writes is gone before the next one.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker


class ModuleRows:
    """An outer transaction around a module's tests. `written` closes the door that let the rows in."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._outer = transaction.atomic()
        self._door = ExitStack()

    def begin(self) -> None:
        """Open the database and the outer transaction."""
        self._door.enter_context(self._blocker.unblock())
        self._outer.__enter__()

    def written(self) -> None:
        """From here on only tests that ask for the database have it."""
        self._door.close()

    def take_back(self) -> None:
        """Undo everything."""
        self._door.close()
        with self._blocker.unblock():
            transaction.set_rollback(True)
            self._outer.__exit__(None, None, None)


@contextmanager
def module_rows(blocker: DjangoDbBlocker) -> Iterator[ModuleRows]:
    """Write rows inside, call `written()`, yield to the tests; the rows are gone at the end."""
    rows = ModuleRows(blocker)
    rows.begin()
    try:
        yield rows
    finally:
        rows.take_back()
