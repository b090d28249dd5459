"""Texts of the database in the reader's language."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.i18n.translations import put_translation, translated

NOW = datetime(2026, 11, 20, tzinfo=UTC)


class Measure(Translation):
    """A thing with two texts (borrows a table's shape; only its fields are used)."""

    class Meta:
        proxy = True
        app_label = "i18n"


def a_measure(number: int, title: str = "窓口のオンライン化") -> Measure:
    return Measure(public_id=f"{number:022d}", text=title, field="目的")


pytestmark = pytest.mark.django_db


def test_a_page_of_things_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    measures = [a_measure(number) for number in range(20)]
    put_translation(thing=measures[3], field="text", language="en", text="Online counters", now=NOW)
    with django_assert_num_queries(1):
        texts = translated(measures, ["text", "field"], "en")
    english = texts[(measures[3].public_id, "text")]
    assert (english.text, english.language, english.fell_back, english.outdated) == (
        "Online counters",
        "en",
        False,
        False,
    )
    japanese = texts[(measures[3].public_id, "field")]
    assert (japanese.text, japanese.language, japanese.fell_back) == ("目的", "ja", True)


def test_japanese_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    measure = a_measure(1)
    with django_assert_num_queries(0):
        assert not translated([measure], ["text"], "ja")[(measure.public_id, "text")].fell_back


def test_a_translation_of_a_text_that_changed_since_says_so() -> None:
    put_translation(
        thing=a_measure(1), field="text", language="en", text="Online counters", now=NOW
    )
    changed = a_measure(1, title="窓口を無くす")
    assert translated([changed], ["text"], "en")[(changed.public_id, "text")].outdated


def test_a_translation_is_superseded_and_taken_away() -> None:
    measure = a_measure(1)
    put_translation(thing=measure, field="text", language="en", text="Counters", now=NOW)
    put_translation(thing=measure, field="text", language="en", text="Online counters", now=NOW)
    assert Translation.objects.get().text == "Online counters"
    put_translation(thing=measure, field="text", language="en", text="", now=NOW)
    assert translated([measure], ["text"], "en")[(measure.public_id, "text")].fell_back


def test_japanese_is_no_translation() -> None:
    with pytest.raises(ValueError, match="Japanese is the source"):
        put_translation(thing=a_measure(1), field="text", language="ja", text="窓口", now=NOW)
