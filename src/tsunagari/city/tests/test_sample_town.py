"""The invented town: its pack is accepted whole, shows every kind of case, and says that it is invented."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from tsunagari.engines.plan import api as plan
from tsunagari.engines.plan.rules.pack import PackIndicator, PackPlan, Text
from tsunagari.engines.plan.rules.plan_file import read_plan
from tsunagari.engines.plan.rules.surroundings_file import read_assets, read_drivers
from tsunagari.kernel.design.city_look import load_look
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering

SAMPLE = Path(settings.ROOT) / "cities" / "sample"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def _yaml(name: str) -> dict[str, Any]:
    said = yaml.safe_load((SAMPLE / name).read_text(encoding="utf-8"))
    assert isinstance(said, dict)
    return said


def _plans() -> tuple[PackPlan, PackPlan]:
    divisions = {entry["code"] for entry in _yaml("divisions.yaml")["divisions"]}
    meters = {meter.id for meter in metering.declared()}
    first, second = (
        read_plan(
            (SAMPLE / "plan" / f"{code}.yaml").read_text(encoding="utf-8"),
            file=code,
            divisions=divisions,
            meters=meters,
        )
        for code in ("plan-2017-2021", "policy-2022-2026")
    )
    return first, second


def _indicators() -> list[PackIndicator]:
    return [each for p in _plans() for measure in p.measures for each in measure.indicators]


def _texts(thing: Any, way: str = "") -> Iterator[tuple[str, Text]]:
    if isinstance(thing, Text):
        yield way, thing
    elif isinstance(thing, tuple):
        for place, each in enumerate(thing):
            yield from _texts(each, f"{way}[{place}]")
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _texts(getattr(thing, field.name), f"{way}.{field.name}")


@pytest.fixture
def town(db: None) -> None:
    """The pack in the tables, without its past."""
    call_command("city", "load", pack=SAMPLE, verbosity=0)


def test_its_code_keeps_the_rule_of_check_digits_and_belongs_to_nobody() -> None:
    code = _yaml("city.yaml")["code"]
    weighed = sum(int(digit) * weight for digit, weight in zip(code, range(6, 1, -1), strict=False))
    assert int(code[5]) == (11 - weighed % 11) % 10
    assert not 1 <= int(code[:2]) <= 47


def test_every_page_says_that_the_town_is_invented() -> None:
    look = load_look(SAMPLE)
    assert _yaml("city.yaml")["invented"] is True
    assert "架空" in look.site["ja"]
    assert "invented" in look.site["en"]
    assert "架空" in look.responsible["ja"]


def test_every_text_of_its_plans_and_surroundings_has_its_english() -> None:
    divisions = {entry["code"] for entry in _yaml("divisions.yaml")["divisions"]}
    told = (
        *_plans(),
        read_drivers((SAMPLE / "drivers.yaml").read_text(encoding="utf-8"), file="drivers"),
        read_assets(
            (SAMPLE / "assets.yaml").read_text(encoding="utf-8"), file="assets", divisions=divisions
        ),
    )
    without = [way for way, text in _texts(told) if text.ja and not text.by_language.get("en")]
    assert without == []


def test_its_indicators_hold_every_kind_of_case() -> None:
    indicators = _indicators()
    assert {each.accumulate for each in indicators} == {"flow", "stock", "latest", "ratio"}
    assert {each.direction for each in indicators} == {"up", "down", "keep", "range", "milestone"}
    targets = [target for each in indicators for target in each.targets]
    assert {target.basis for target in targets} == {"absolute", "points", "percent"}
    values = [value for each in indicators for value in each.values]
    assert {value.status for value in values} == {"provisional", "final", "revised"}
    assert any(value.month for value in values)
    assert any(each.to_set_year and each.targets for each in indicators)
    assert any(each.target_open for each in indicators)
    assert any(each.definition_note.ja for each in indicators)
    with_both = [
        (each.baseline.value, each.targets[-1].value)
        for each in indicators
        if each.baseline and each.targets
    ]
    assert any(target < baseline for baseline, target in with_both)
    assert any(target == baseline for baseline, target in with_both)
    assert any(baseline == 0 for baseline, _ in with_both)


def test_its_measures_hold_every_kind_of_case() -> None:
    first, second = _plans()
    measures = [*first.measures, *second.measures]
    assert {m.kind for m in measures} == {"indicator", "as_needed", "elsewhere", "staged"}
    assert {origin.kind for m in measures for origin in m.origins} == {
        "continued", "renamed", "merged", "split",
    }  # fmt: skip
    assert any(len(m.indicators) > 1 for m in measures)
    assert first.scale.preset == "fsabc"
    assert (second.scale.preset, second.scale.best) == ("own", "last")
    assert second.predecessor == first.code


def test_every_year_has_its_action_plan_and_most_measures_say_what_was_planned_and_done() -> None:
    for each in _plans():
        assert [a.year for a in each.action_plans] == list(
            range(each.first_year, each.last_year + 1)
        )
        over = [
            (measure.number, action)
            for measure in each.measures
            for action in measure.actions
            if action.year < FiscalYear.at(NOW).year
        ]
        assert all(action.planned.ja and action.done.ja for _, action in over)
        assert len({number for number, _ in over}) * 4 > len(each.measures) * 3


def test_figures_that_are_told_twice_agree() -> None:
    """What the plans say of views and cards is what the town's past holds of them."""
    past = _yaml("history.yaml")
    views = {year: sum(months) for year, months in past["views"]["months"].items()}
    cards = {year: months[-1] for year, months in past["loaded"][0]["months"].items()}
    first, second = _plans()
    told = {
        (measure.number, value.year): int(value.value)
        for measure in first.measures
        for each in measure.indicators
        for value in each.values
    }
    for year in range(first.first_year, first.last_year + 1):
        assert (told["1-1", year], told["1-6", year]) == (views[year], cards[year])
    baselines = [measure.indicators[0].baseline for measure in second.measures[:2]]
    assert [int(each.value) for each in baselines if each] == [cards[2021], views[2021]]


def test_a_second_loading_changes_nothing(town: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("city", "load", pack=SAMPLE)
    said = capsys.readouterr().out.splitlines()
    assert said
    assert all(" 0 rows changed" in line for line in said)


def test_every_status_stands_on_its_dashboards(town: None) -> None:
    boards = plan.boards(now=NOW, language="ja")
    shown = {
        indicator.progress.status
        for board in boards
        for measure in board.measures
        for indicator in measure.indicators
    }
    assert shown == set(plan.STATUSES)


def test_a_change_of_its_past_stands_after_the_figure_that_it_changed(town: None) -> None:
    change = plan.PastChange(
        plan="policy-2022-2026",
        number="8",
        indicator=1,
        figure="target",
        year=2026,
        value=Decimal(21000),
        moment=datetime(2024, 5, 20, tzinfo=UTC),
        actor="",
        reason="貸出が減り続けているため",
    )
    assert plan.replay_change(change)
    assert not plan.replay_change(change)
    found = plan.history("policy-2022-2026", "8", language="ja")
    assert found is not None
    newest, oldest = found.figures
    assert oldest.since < newest.since == oldest.until == change.moment
    assert oldest.value == 22000
    assert newest.value == 21000
    assert newest.reason == change.reason


def test_its_divisions_were_renamed_merged_and_split(town: None) -> None:
    def names(year: int) -> set[str]:
        return {division.name for division in identity.divisions(FiscalYear(year))}

    assert {"情報システム課", "子ども課", "健康増進課", "保健センター"} <= names(2019)
    assert {"子育て支援課", "保育課"} <= names(2020) - names(2019)
    assert "情報推進課" in names(2021) - names(2020)
    assert "健康推進課" in names(2024) - names(2023)
    assert not {"子ども課", "健康増進課", "保健センター"} & names(2026)
