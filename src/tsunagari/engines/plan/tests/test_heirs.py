"""Measures grow into heirs: nothing is typed again, lines go on, and every year shows its own measures."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Driver, Edit, Indicator, Lineage, Measure, Plan, Target
from tsunagari.engines.plan.tests.conftest import CODE, NOW
from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
AFTER = datetime(2027, 5, 1, tzinfo=UTC)
HAND = api.PlanHand(actor=new_public_id(), division="joho-suishin", secretariat=True)


def editor(now: datetime = NOW, reason: str = "令和8年度の見直し") -> api.Editor:
    return api.Editor(actor=HAND.actor, division="joho-suishin", reason=reason, now=now)


def measure(number: str) -> Measure:
    return Measure.objects.get(plan__code=CODE, number=number)


def with_targets() -> Measure:
    """A measure of the policy with a target in its last year."""
    return Measure.objects.filter(
        plan__code=CODE, indicators__targets__fiscal_year=2028, indicators__meter__gt=""
    )[0]


def new(
    *origins: Measure, number: str = "90", name: str = "新しい取組", **more: object
) -> api.NewMeasure:
    """A measure with all the indicators of its origins."""
    ids = Indicator.objects.filter(measure__in=origins).values_list("public_id", flat=True)
    given: dict[str, object] = {
        "number": number,
        "name": name,
        "section": (origins[0] if origins else measure("2")).section.code,
        "divisions": tuple(origins[0].divisions if origins else ("joho-suishin",)),
        "indicators": tuple(ids),
    }
    return api.NewMeasure(**{**given, **more})  # type: ignore[arg-type]  # as NewMeasure has them


def grow(
    *origins: Measure, heirs: tuple[api.NewMeasure, ...], kind: str = "merged", year: int = 2027
) -> list[Measure]:
    made = api.make_heirs(
        origins=[each.public_id for each in origins],
        heirs=heirs,
        growth=api.Growth(plan=CODE, year=year, kind=kind, note="見直し", note_en="Review"),
        by=editor(),
    )
    return [Measure.objects.get(public_id=each.public_id) for each in made]


def test_an_heir_says_what_its_origin_said_in_both_languages() -> None:
    origin = with_targets()
    (heir,) = grow(origin, heirs=(new(origin, name=origin.name),), kind="continued")
    for field in ("purpose", "outline", "viewpoints", "and_others", "kind"):
        assert getattr(heir, field) == getattr(origin, field), field
    told = {
        each.field: each.text
        for each in Translation.objects.filter(public_id=origin.public_id, language="en")
        if each.field in ("name", "purpose", "outline")
    }
    taken = Translation.objects.filter(public_id=heir.public_id, language="en")
    assert {each.field: each.text for each in taken} == told
    assert told
    assert Lineage.objects.get(heir=heir, origin=origin).kind == "continued"


def test_another_name_makes_it_a_renaming() -> None:
    origin = measure("2")
    (heir,) = grow(origin, heirs=(new(origin, name="改めた名前"),), kind="continued")
    assert Lineage.objects.get(heir=heir).kind == "renamed"


def test_an_indicator_goes_on_in_one_line_with_its_meter_baseline_and_coming_targets() -> None:
    origin = with_targets()
    line = origin.indicators.exclude(meter="")[0]
    (heir,) = grow(origin, heirs=(new(origin),))
    taken = heir.indicators.get(meter=line.meter)
    for field in (
        "name",
        "unit",
        "digits",
        "accumulate",
        "direction",
        "factor",
        "low",
        "high",
        "baseline_year",
    ):
        assert getattr(taken, field) == getattr(line, field), field
    line.refresh_from_db()
    assert taken.series is not None
    assert taken.series == line.series
    coming = line.targets.filter(superseded_at=None, fiscal_year__gte=2027)
    assert [(t.fiscal_year, t.value) for t in taken.targets.all()] == [
        (t.fiscal_year, t.value) for t in coming
    ]
    page = api.measure_page(CODE, "90", now=NOW, language="ja")
    assert page is not None
    (state,) = [each for each in page.measure.indicators if each.meter == line.meter]
    assert state.aim.baseline_year == line.baseline_year
    parts = page.series[state.order].parts
    assert {"90", origin.number} <= {part.number for part in parts}


def test_two_lines_of_one_meter_become_one() -> None:
    one = with_targets()
    other = Measure.objects.filter(plan__code=CODE, kind="indicator").exclude(pk=one.pk)[0]
    meter = one.indicators.exclude(meter="")[0].meter
    other.indicators.update(meter=meter)
    (heir,) = grow(one, other, heirs=(new(one, other),))
    assert heir.indicators.filter(meter=meter).count() == 1
    assert {each.origin for each in heir.origins.all()} == {one, other}


def test_a_merger_gathers_texts_viewpoints_and_reasons_of_all() -> None:
    one, other = measure("2"), measure("3")
    driver = Driver.objects.create(code="law", kind="town", name="背景", source="資料", order=1)
    driver.measures.set([one])
    other.purpose = "もう一つの目的"
    other.save()
    (heir,) = grow(one, other, heirs=(new(one, other),))
    assert heir.purpose == "\n".join(each for each in (one.purpose, "もう一つの目的") if each)
    assert set(heir.viewpoints) == {*one.viewpoints, *other.viewpoints}
    assert set(driver.measures.all()) == {one, heir}
    assert {(each.origin.number, each.kind) for each in heir.origins.all()} == {
        ("2", "merged"),
        ("3", "merged"),
    }


def test_a_split_shares_the_indicators_out_and_names_its_origin_with_each() -> None:
    origin = with_targets()
    first = new(origin, number="91", name="前の半分")
    second = new(origin, number="92", name="後の半分", indicators=())
    one, two = grow(origin, heirs=(first, second), kind="split")
    assert one.indicators.count() == origin.indicators.count()
    assert (two.indicators.count(), two.kind) == (0, "as_needed")
    assert [each.kind for each in Lineage.objects.filter(origin=origin)] == ["split", "split"]


def test_stages_of_coming_years_go_on_and_those_that_are_over_do_not() -> None:
    origin = Measure.objects.filter(plan__code=CODE, kind="staged")[0]
    origin.stages.all().delete()
    origin.stages.create(column=2024, last_year=2025, word="research", text="調べる", order=1)
    origin.stages.create(column=2026, word="evaluate", text="試す", order=2)
    origin.stages.create(column=2028, word="introduce", text="入れる", order=3)
    (heir,) = grow(origin, heirs=(new(origin),), kind="continued")
    spans = heir.stages.order_by("column").values_list("text", "column", "first_year", "last_year")
    assert list(spans) == [("試す", 2027, 2027, None), ("入れる", 2028, None, None)]


def test_a_number_that_is_taken_is_refused_in_words_and_nothing_is_made() -> None:
    origin = measure("2")
    before = (Measure.objects.count(), Edit.objects.count(), Lineage.objects.count())
    with pytest.raises(api.TextsRefused, match="この番号は、ほかの取組が使っています"):
        grow(origin, heirs=(new(origin, number="91"), new(origin, number="3")), kind="split")
    assert (Measure.objects.count(), Edit.objects.count(), Lineage.objects.count()) == before


def test_something_new_grows_from_nothing() -> None:
    (made,) = grow(heirs=(new(indicators=()),), kind="continued")
    assert (made.kind, made.purpose, made.from_year, made.origins.count()) == (
        "as_needed",
        "",
        2027,
        0,
    )


def test_history_and_ledger_tell_of_what_was_made() -> None:
    ledger.catch_up()
    seen = Entry.objects.count()
    origin = measure("2")
    (heir,) = grow(origin, heirs=(new(origin),))
    added = Edit.objects.get(thing=heir.public_id, field="added")
    assert (added.actor, added.reason) == (HAND.actor, "令和8年度の見直し")
    ledger.catch_up()
    told = [each for each in Entry.objects.all()[seen:] if each.subject == heir.public_id]
    assert any(each.data == {"kind": "measure", "fields": "added"} for each in told)


def test_a_plan_as_of_the_day_before_knows_nothing_of_the_heir() -> None:
    origin = measure("2")
    grow(origin, heirs=(new(origin),))
    board = api.plan_board(CODE, now=AFTER, language="ja")
    assert board is not None
    heir = next(each for each in board.measures if each.number == "90")
    assert (heir.from_year, heir.standing) == (2027, "running")
    early = api.plan_board(CODE, now=NOW, language="ja")
    assert early is not None
    heir = next(each for each in early.measures if each.number == "90")
    assert heir.standing == "ahead"


def test_a_successor_plan_takes_measures_over_from_its_first_year() -> None:
    origin = with_targets()
    plan = Plan.objects.get(code=CODE)
    api_plan = Plan.objects.create(
        code="next", letter="N", kind="policy", name="次の方針", short_name="次",
        source="案", list_name="一覧", first_year=2029, last_year=2033, predecessor=plan,
        labels=plan.labels, scale=plan.scale, viewpoints=plan.viewpoints[:1],
    )  # fmt: skip
    api_plan.sections.create(code="one", name="一覧", order=1)
    made = api.make_heirs(
        origins=[origin.public_id],
        heirs=[new(origin, number="1", section="one", name=origin.name)],
        growth=api.Growth(plan="next", year=2029, kind="continued"),
        by=editor(),
    )
    heir = Measure.objects.get(public_id=made[0].public_id)
    assert (heir.plan, heir.from_year, heir.section.code) == (api_plan, None, "one")
    assert set(heir.viewpoints) <= {plan.viewpoints[0]["code"]}
    assert not Target.objects.filter(indicator__measure=heir, fiscal_year__lt=2029).exists()
    assert heir.indicators.count() == origin.indicators.count()


def test_a_stage_moves_to_the_year_that_was_decided() -> None:
    staged = Measure.objects.filter(plan__code=CODE, kind="staged", stages__word="research")[0]
    staged.stages.all().delete()
    staged.stages.create(column=2024, word="research", text="調査研究", order=1)
    staged.stages.create(column=2028, word="introduce", text="導入実行", order=2)
    assert api.move_stage(measure=staged.public_id, word="evaluate", year=2026, by=editor())
    spans = staged.stages.order_by("column").values_list(
        "word", "column", "first_year", "last_year"
    )
    assert list(spans) == [
        ("research", 2024, None, 2025),
        ("evaluate", 2026, 2026, 2027),
        ("introduce", 2028, None, None),
    ]
    assert api.move_stage(measure=staged.public_id, word="introduce", year=2027, by=editor())
    later = staged.stages.order_by("column").values_list("word", "first_year", "last_year")
    assert list(later) == [
        ("research", None, 2025),
        ("evaluate", 2026, 2026),
        ("introduce", 2027, None),
    ]
    assert not api.move_stage(measure=staged.public_id, word="introduce", year=2027, by=editor())


def test_a_stage_that_is_skipped_reads_as_the_one_that_came() -> None:
    staged = Measure.objects.filter(plan__code=CODE, kind="staged")[0]
    staged.stages.all().delete()
    staged.stages.create(column=2024, word="research", text="調査研究", order=1)
    staged.stages.create(column=2026, word="evaluate", text="適用検討", order=2)
    staged.stages.create(column=2028, word="introduce", text="導入実行", order=3)
    api.move_stage(measure=staged.public_id, word="introduce", year=2026, by=editor())
    assert [each.word for each in staged.stages.order_by("column")] == [
        "research",
        "introduce",
        "introduce",
    ]
    assert Edit.objects.filter(kind="stage", field="word", before="evaluate").exists()


def test_a_target_is_revised_from_the_figure_that_was_seen_and_from_no_other() -> None:
    indicator = with_targets().indicators.exclude(meter="")[0]
    standing = indicator.targets.get(fiscal_year=2028, superseded_at=None)

    def revise(new: Decimal) -> bool:
        return api.revise_target(
            indicator=indicator.public_id,
            year=2028,
            old=standing.value,
            new=new,
            reason="実績を踏まえて",
            hand=HAND,
            clock=lambda: NOW,
        )

    assert revise(standing.value + 1)
    assert not revise(standing.value + 1)
    with pytest.raises(api.FigureOvertaken):
        revise(Decimal(7))


def test_the_river_shows_the_heir_to_residents() -> None:
    origin = measure("2")
    (heir,) = grow(origin, heirs=(new(origin),))
    page = Client().get(f"/plan/{CODE}/90/").content.decode()
    assert f"P/2 {origin.name}" in page
    assert "令和9年度から" in page
    assert heir.name in Client().get(f"/plan/{CODE}/2/").content.decode()
