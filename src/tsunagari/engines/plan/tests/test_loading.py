"""Loading a pack: twice changes nothing, a changed figure supersedes, a broken pack says where and what."""

from decimal import Decimal
from pathlib import Path

import pytest

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator, Measure, Plan, Target, Value
from tsunagari.engines.plan.tests.conftest import CODE, NISHITOKYO, NOW, THIRD, load
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db
SOURCE = NISHITOKYO / "plan" / f"{CODE}.yaml"


def _changed(tmp_path: Path, old: str, new: str, *, times: int = 1) -> Path:
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace(old, new, times), encoding="utf-8")
    return path


def _said(tmp_path: Path, old: str, new: str) -> list[str]:
    with pytest.raises(api.PackRefused) as refused:
        load(_changed(tmp_path, old, new))
    return [f"{p.line}: {p.wrong}; {p.right}" for p in refused.value.problems]


def test_loading_twice_changes_nothing(policy: None) -> None:
    before = Arrival.objects.count()
    loaded = load()
    assert (loaded.measures, loaded.changed) == (30, 0)
    assert Arrival.objects.count() == before


def test_the_ledger_hears_of_a_loading(policy: None) -> None:
    events = {each.data["code"]: each.data for each in Arrival.objects.filter(name="plan.loaded")}
    assert sorted(events) == [CODE, THIRD]
    assert [events[code]["measures"] for code in sorted(events)] == [30, 30]


def test_a_changed_target_supersedes_and_the_old_one_is_kept(policy: None, tmp_path: Path) -> None:
    load(_changed(tmp_path, "value: 199000", "value: 201000"))
    old, new = Target.objects.filter(indicator__measure__number="1").order_by("id")
    assert (old.value, new.value) == (Decimal(199000), Decimal(201000))
    assert old.superseded_by == new
    assert old.superseded_at == NOW
    event = Arrival.objects.get(name="plan.figure_superseded")
    assert (event.data["before"], event.data["after"]) == ("199000", "201000")


def test_a_changed_baseline_supersedes(policy: None, tmp_path: Path) -> None:
    load(_changed(tmp_path, "value: 163000", "value: 163500"))
    values = Value.objects.filter(indicator__measure__number="1").order_by("id")
    assert [value.value for value in values] == [163000, 163500]


def test_a_target_taken_out_of_the_pack_is_withdrawn_but_kept(policy: None, tmp_path: Path) -> None:
    load(
        _changed(
            tmp_path,
            "targets: [{ year: 2028, value: 199000 }]",
            "targets: [{ year: 2027, value: 199000 }]",
        )
    )
    standing = Target.objects.filter(indicator__measure__number="1", superseded_at=None)
    assert [target.fiscal_year for target in standing] == [2027]
    assert Target.objects.filter(indicator__measure__number="1").count() == 2


def test_labels_that_people_added_or_edited_stay_when_the_pack_changes_another(
    policy: None, tmp_path: Path
) -> None:
    plan = Plan.objects.get(code=CODE)
    technology = next(each for each in plan.viewpoints if each["code"] == "technology")
    technology["name"]["ja"] = "新しい技術"
    plan.viewpoints.append({"code": "people", "name": {"ja": "人"}, "outline": {"ja": ""}})
    plan.save()
    load(_changed(tmp_path, "ja: まちづくり, en", "ja: まちの暮らし, en"))
    plan.refresh_from_db()
    assert [(each["code"], each["name"]["ja"]) for each in plan.viewpoints] == [
        ("state-and-tokyo", "国・都の情報政策"),
        ("technology", "新しい技術"),
        ("town", "まちの暮らし"),
        ("people", "人"),
    ]


def test_what_a_clerk_entered_since_then_stands_when_the_pack_is_loaded_again(policy: None) -> None:
    indicator = Indicator.objects.get(measure__number="1")
    api.set_value(
        indicator=indicator,
        year=2023,
        value=Decimal(163012),
        origin="typed",
        status="final",
        source="市民課の確定値",
        now=NOW,
    )
    assert load().changed == 0
    assert indicator.values.get(superseded_at=None).value == 163012


def test_a_shorter_pack_does_not_take_a_published_measure_away(
    policy: None, tmp_path: Path
) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(text[: text.index('  - number: "30"')], encoding="utf-8")
    with pytest.raises(api.PackRefused, match="measure 30 is published"):
        load(path)
    assert Measure.objects.filter(plan__code=CODE).count() == 30


def test_it_rejects_an_unknown_division_with_the_line(db: None, tmp_path: Path) -> None:
    said = _said(tmp_path, "divisions: [shimin, joho-suishin]", "divisions: [shimin, joho]")
    assert len(said) == 1
    assert said[0].startswith(
        "75: 'joho' in divisions is not known; add it to divisions.yaml or use one of:"
    )
    assert not Plan.objects.exists()


def test_it_rejects_two_measures_of_one_number(db: None, tmp_path: Path) -> None:
    said = _said(tmp_path, 'number: "2"', 'number: "1"')
    assert any("two measures bear the number 1" in sentence for sentence in said)


@pytest.mark.parametrize("written", ['"163,000"', "163000枚", "１６３０００", "many", '"163000"'])
def test_it_rejects_text_for_a_figure(db: None, tmp_path: Path, written: str) -> None:
    said = _said(tmp_path, "value: 163000", f"value: {written}")
    assert "a text where a figure must stand" in said[0]
    assert "write digits only" in said[0]


def test_it_rejects_a_year_outside_the_plan(db: None, tmp_path: Path) -> None:
    said = _said(tmp_path, "{ year: 2028, value: 199000 }", "{ year: 2031, value: 199000 }")
    assert said == ["87: year 2031 lies outside the plan; use a fiscal year from 2024 to 2028"]


def test_it_rejects_a_meter_that_nobody_declares(db: None, tmp_path: Path) -> None:
    said = _said(tmp_path, "meter: website.page_views", "meter: website.views")
    assert "meter 'website.views' is not declared by any service" in said[0]
    assert "website.page_views" in said[0]


def test_it_rejects_a_misspelt_key_and_a_missing_name_at_once(db: None, tmp_path: Path) -> None:
    said = _said(tmp_path, "    name: { ja: テレワークの推進", "    nmae: { ja: テレワークの推進")
    assert any("name is missing" in sentence for sentence in said)
    assert any("'nmae' is not a key that belongs here" in sentence for sentence in said)


def test_it_rejects_a_file_that_is_no_yaml_with_the_line(db: None, tmp_path: Path) -> None:
    said = _said(tmp_path, "measures:", "measures: [")
    assert "this is not YAML" in said[0]
