"""A decision revises what an indicator is called and how it is counted: from texts that stood, with a reason."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Edit, Indicator
from tsunagari.engines.plan.tests.conftest import CODE
from tsunagari.engines.plan.tests.test_heirs import editor, grow, measure, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
NEW = {
    "name": "改めた指標",
    "name.en": "Renamed",
    "unit": "世帯",
    "definition_note": "世帯で数える",
}


def indicator() -> Indicator:
    return measure("8").indicators.get(order=1)


def old_of(row: Indicator, *keys: str) -> dict[str, str]:
    texts = api.indicator_texts([row.public_id])[row.public_id]
    return {key: texts[key] for key in keys or NEW}


def revise(row: Indicator, new_texts: dict[str, str], old: dict[str, str], heir: str = "") -> bool:
    return api.revise_indicator(
        indicator=row.public_id,
        old=old,
        new=new_texts,
        heir=heir,
        by=editor(NOW, "世帯で数えるほうが正確なため"),
    )


def test_its_texts_change_in_both_languages_and_the_page_says_why(client: Client) -> None:
    row = indicator()
    old = old_of(row)
    assert revise(row, NEW, old)
    assert old_of(row) == NEW
    page = client.get(f"/plan/{CODE}/8/").content.decode()
    for words in ("改めた指標", old["name"], "世帯で数えるほうが正確なため"):
        assert words in page
    assert "Renamed" in client.get(f"/en/plan/{CODE}/8/").content.decode()
    assert Edit.objects.filter(thing=row.public_id).count() == len(NEW)
    assert not revise(row, NEW, old)


def test_another_text_that_stands_is_not_written_over() -> None:
    row = indicator()
    old = old_of(row, "name")
    revise(row, {"name": "ほかの人の名前"}, old)
    with pytest.raises(api.TextsOvertaken):
        revise(row, {"name": "私の名前"}, old)
    assert old_of(row, "name") == {"name": "ほかの人の名前"}


def test_what_goes_on_with_an_heir_is_revised_there() -> None:
    origin, row = measure("8"), indicator()
    row.definition_note = "前の計画と同じ"
    row.save()
    old = old_of(row, "name", "definition_note")
    (heir,) = grow(origin, heirs=(new(origin),))
    taken = heir.indicators.get(order=1)
    texts = {"name": "改めた指標", "definition_note": "世帯で数える"}
    assert revise(row, texts, old, heir=taken.public_id)
    assert old_of(taken, *texts) == texts
    assert old_of(row, *texts) == old


def test_a_text_that_the_plan_forbids_is_told_by_its_key() -> None:
    texts = api.indicator_texts([indicator().public_id])[indicator().public_id]
    faults = api.revision_faults(texts, {**texts, "name": "", "unit": "長" * 21})
    assert [key for key, _said in faults] == ["name", "unit"]
    assert api.revision_faults(texts, {**texts, **NEW}) == []
    with pytest.raises(api.TextsRefused):
        revise(indicator(), {"name": ""}, old_of(indicator(), "name"))
