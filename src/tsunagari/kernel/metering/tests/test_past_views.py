"""Views from before this installation are written like its own, and only as hours that are over."""

from datetime import UTC, datetime

import pytest

from tsunagari.kernel.metering import api
from tsunagari.kernel.metering.models import PendingViews, ViewBatch
from tsunagari.kernel.metering.rules import GRAINS

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
HOUR = datetime(2020, 4, 1, 3, tzinfo=UTC)


def _clock() -> datetime:
    return NOW


def _views(hour: datetime = HOUR, count: int = 5) -> api.PastViews:
    return {(hour, "website", "home", "ja"): count, (hour, "plan", "index", "en"): 2}


def test_they_stand_in_the_sums_at_once_and_once() -> None:
    assert api.take_past_views(name="past-2020-04", views=_views(), since=HOUR, clock=_clock) == 7
    assert api.take_past_views(name="past-2020-04", views=_views(), since=HOUR, clock=_clock) == 0
    for grain in GRAINS:
        figure = api.figure("website.page_views", grain=grain, start=HOUR)
        assert figure.value == 7
        assert figure.began_at == HOUR
    assert not PendingViews.objects.exists()


def test_an_earlier_batch_moves_the_beginning_and_a_later_one_does_not() -> None:
    later = datetime(2021, 4, 1, tzinfo=UTC)
    for name, hour in (("b", HOUR), ("c", later), ("a", datetime(2019, 4, 1, tzinfo=UTC))):
        api.take_past_views(name=name, views=_views(hour), since=hour, clock=_clock)
    figure = api.figure("website.page_views", grain="hour", start=HOUR)
    assert figure.began_at == datetime(2019, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "views", "sentence"),
    [
        ("past", _views(datetime(2026, 11, 20, 3, tzinfo=UTC)), "is no past hour"),
        ("past", _views(datetime(2020, 4, 1, 3, 30, tzinfo=UTC)), "is no past hour"),
        ("past", _views(datetime(2020, 4, 1, 2, tzinfo=UTC)), "hours since 2020-04-01 03:00"),
        ("past", _views(count=0), "are none; leave the hour out"),
        ("", _views(), "is no name of a batch"),
        ("x" * 23, _views(), "write 1 to 22 characters"),
    ],
)
def test_what_is_not_over_or_not_counted_is_refused(
    name: str, views: api.PastViews, sentence: str
) -> None:
    with pytest.raises(api.Refused, match=sentence):
        api.take_past_views(name=name, views=views, since=HOUR, clock=_clock)
    assert not ViewBatch.objects.exists()
