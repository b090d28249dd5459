"""An operator's command leaves a mark; the next one finds when that was."""

from datetime import UTC, datetime

import pytest

from tsunagari.kernel.marks import api as marks

NEW_YEAR = datetime(2026, 12, 31, 15, tzinfo=UTC)


@pytest.mark.django_db
def test_the_last_mark_of_a_name_is_found_with_its_facts() -> None:
    assert marks.last("backup") is None
    marks.leave_mark("backup", clock=lambda: datetime(2026, 4, 1, tzinfo=UTC), bytes=1)
    marks.leave_mark("backup", clock=lambda: NEW_YEAR, bytes=2)
    marks.leave_mark("another", clock=lambda: NEW_YEAR)
    assert marks.last("backup") == marks.Left(at=NEW_YEAR, details={"bytes": 2})
