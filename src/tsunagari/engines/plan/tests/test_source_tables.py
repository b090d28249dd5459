"""Every cell of both plans' tables is read back from the API and equals what the sources print."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.models import Indicator, Measure, Stage, Target, Value
from tsunagari.engines.plan.tests.source_tables import CODES, Row, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
Answer = dict[str, Any]


def read(client: Client) -> dict[str, Answer]:
    """Both plans with every measure, each from its own address, as the API answers."""
    plans = {}
    for letter, code in CODES.items():
        plan: Answer = client.get(f"/api/plans/{code}").json()
        listed = client.get(f"/api/plans/{code}/measures").json()
        plan["measures"] = [
            client.get(f"/api/plans/{code}/measures/{each['number']}").json() for each in listed
        ]
        plans[letter] = plan
    return plans


def differences(plans: dict[str, Answer]) -> list[str]:
    """Every cell in which the API and the typed tables are not the same, in words."""
    found: list[str] = []
    answered = {
        "plans": [_plan(letter, plan) for letter, plan in plans.items()],
        "words": [row for letter, plan in plans.items() for row in _words(letter, plan)],
        "measures": [_measure(letter, each) for letter, each in _measures(plans)],
        "indicators": [
            row for letter, each in _measures(plans) for row in _indicators(letter, each)
        ],
        "stages": [row for letter, each in _measures(plans) for row in _stages(letter, each)],
    }
    for name, rows in answered.items():
        typed = table(name)
        if len(rows) != len(typed):
            found.append(f"{name}: {len(rows)} rows, {len(typed)} in the source")
        for source, row in zip(typed, rows, strict=False):
            found += _unlike(name, source, row)
    return found


def _unlike(name: str, source: Row, row: Row) -> list[str]:
    place = f"{name} {source['plan']} {source.get('number', '')}"
    return [
        f"{place} {column}: {row[column]!r}, in the source {cell!r}"
        for column, cell in source.items()
        if _loose(row[column]) != _loose(cell)
    ]


def _loose(text: str) -> str:
    """The text without the blanks of a line break or between letters and signs of the print."""
    return re.sub(r"\s", "", text).translate(str.maketrans("（）", "()"))


def _measures(plans: dict[str, Answer]) -> list[tuple[str, Answer]]:
    return [(letter, each) for letter, plan in plans.items() for each in plan["measures"]]


def _plan(letter: str, plan: Answer) -> Row:
    assert plan["letter"] == letter
    return {
        "plan": letter,
        "code": plan["code"],
        "idea": plan["idea"],
        "first_year": str(plan["first_year"]),
        "last_year": str(plan["last_year"]),
        "predecessor": plan["predecessor"] or "",
    }


def _words(letter: str, plan: Answer) -> list[Row]:
    typed = [row["what"].partition(":")[2] for row in table("words") if row["plan"] == letter]
    said = [("issue", each["name"]) for each in plan["issues"]]
    said += [("viewpoint", each["name"]) for each in plan["viewpoints"]]
    said += [("section", each["name"]) for each in plan["sections"]]
    said += [(f"label:{column}", plan["labels"][column]) for column in filter(None, typed)]
    return [{"plan": letter, "what": what, "text": text} for what, text in said]


def _measure(letter: str, measure: Answer) -> Row:
    return {
        "plan": letter,
        "number": measure["number"],
        "section": measure["section_name"],
        "name": measure["name"],
        "divisions": "・".join(each["name"] for each in measure["divisions"]),
        "others": "関係各課" if measure["and_others"] else "",
        "kind": measure["kind"],
        "managed_in": measure["managed_in"] or "",
        "mended": "".join(re.findall("「([^」]+)」に直しました", measure["mended"] or "")),
    }


def _indicators(letter: str, measure: Answer) -> list[Row]:
    return [_indicator(letter, measure["number"], each) for each in measure["indicators"]]


def _indicator(letter: str, number: str, indicator: Answer) -> Row:
    baseline, targets = indicator["baseline"] or {}, indicator["targets"]
    assert len(targets) <= 1, "the sources print one target"
    target = targets[0] if targets else {}
    typed = next(
        row
        for row in table("indicators")
        if (row["plan"], row["number"], row["order"]) == (letter, number, str(indicator["order"]))
    )
    printed = bool(baseline or target)
    return {
        "plan": letter,
        "number": number,
        "order": str(indicator["order"]),
        "name": indicator["name"],
        "counts": indicator["accumulate"] if typed["counts"] else "",
        "baseline_year": _text(baseline, "year"),
        "estimated": typed["estimated"] or "見込" if indicator["baseline_estimated"] else "",
        "baseline": _text(baseline, "value"),
        "unit": indicator["unit"] or "" if printed else "",
        "numerator": _text(baseline, "numerator"),
        "denominator": _text(baseline, "denominator"),
        "target_year": _text(target, "year"),
        "target": _text(target, "value"),
        "basis": _text(target, "basis"),
        "change": _text(target, "change"),
        "target_numerator": _text(target, "numerator"),
        "target_denominator": _text(target, "denominator"),
        "target_words": indicator["target_words"] or "" if typed["target_words"] else "",
        "open": "検討" if indicator["target_open"] else "",
        "to_set": _text(indicator, "to_set_year"),
    }


def _text(told: Answer, name: str) -> str:
    return "" if told.get(name) is None else str(told[name])


def _stages(letter: str, measure: Answer) -> list[Row]:
    return [
        {
            "plan": letter,
            "number": measure["number"],
            "column": str(each["column"]),
            "text": each["text"],
        }
        for each in measure["stages"]
    ]


def test_every_cell_of_both_plans_is_as_in_the_source(client: Client) -> None:
    found = differences(read(client))
    assert not found, "\n".join(found)


def test_the_typed_tables_are_whole() -> None:
    measures, indicators = table("measures"), table("indicators")
    for letter, with_figure, open_targets in (("3", 15, 15), ("P", 16, 0)):
        own = [row for row in indicators if row["plan"] == letter]
        assert len([row for row in measures if row["plan"] == letter]) == 30
        assert len({row["number"] for row in own if row["target"]}) == with_figure
        assert len([row for row in own if row["open"]]) == open_targets
    assert len([row for row in indicators if row["to_set"]]) == 12
    assert len([row for row in indicators if row["denominator"]]) == 3


def test_a_target_says_which_way_is_better(client: Client) -> None:
    """760 after 820 is a target, and so is 170 after 170."""
    for plan in read(client).values():
        for measure in plan["measures"]:
            for each in measure["indicators"]:
                if each["baseline"] and each["targets"]:
                    start, end = (
                        Decimal(each["baseline"]["value"]),
                        Decimal(each["targets"][0]["value"]),
                    )
                    wanted = "up" if end > start else "down" if end < start else "keep"
                    assert each["direction"] == wanted, measure["quoted"]


def test_only_the_span_that_the_source_decides_is_certain(client: Client) -> None:
    """The list lost its columns: of all stages only 適用検討 of P/20 has two known ends."""
    certain = [
        (measure["quoted"], stage["text"])
        for _, measure in _measures(read(client))
        for stage in measure["stages"]
        if stage["certain"]
    ]
    assert certain == [("P/20", "適用検討")]


def test_nothing_is_known_that_the_sources_do_not_print(client: Client) -> None:
    """No result but the baselines, and none at all for 2019 to 2022."""
    for _, measure in _measures(read(client)):
        for each in measure["indicators"]:
            years = [result["year"] for result in each["results"] if result["origin"] != "metered"]
            assert years == ([each["baseline"]["year"]] if each["baseline"] else [])


def test_purposes_and_outlines_are_told_in_words_of_our_own(client: Client) -> None:
    for _, measure in _measures(read(client)):
        assert measure["purpose"], measure["quoted"]


def _at(letter: str, number: str) -> dict[str, str]:
    return {"measure__plan__letter": letter, "measure__number": number}


def _alter(model: type[Any], where: dict[str, Any], **new: Any) -> None:
    assert model.objects.filter(**where).update(**new) == 1
    turn_edition()


def _of(letter: str, number: str) -> dict[str, str]:
    return {f"indicator__{key}": value for key, value in _at(letter, number).items()}


@pytest.mark.parametrize(
    ("model", "where", "new", "cell"),
    [
        (Value, _of("3", "7-1"), {"value": Decimal(17_024_068)}, "3 7-1 baseline"),
        (Value, _of("3", "S1"), {"numerator": Decimal(4_780)}, "3 S1 numerator"),
        (Value, _of("3", "S5"), {"denominator": Decimal(14_000)}, "3 S5 denominator"),
        (Value, _of("P", "13"), {"fiscal_year": 2022}, "P 13 baseline"),
        (Value, _of("P", "8"), {"origin": "loaded"}, "P 8 estimated"),
        (Target, _of("3", "1-3"), {"value": Decimal(27)}, "3 1-3 target"),
        (Target, _of("3", "S2"), {"basis": "points"}, "3 S2 basis"),
        (Target, _of("P", "12"), {"fiscal_year": 2028}, "P 12 target_year"),
        (Target, _of("P", "3"), {"value": Decimal("760.0001")}, "P 3 target"),
        (Indicator, _at("P", "5"), {"unit": "箇所"}, "P 5 unit"),
        (Indicator, _at("3", "4-1"), {"to_set_year": 2015}, "3 4-1 to_set"),
        (Indicator, _at("3", "1-4"), {"target_open": False}, "3 1-4 open"),
        (Measure, {"plan__letter": "3", "number": "S9"}, {"name": "外国語版情報誌"}, "3 S9 name"),
        (
            Measure,
            {"plan__letter": "P", "number": "9"},
            {"divisions": ["kosodate-shien"]},
            "P 9 divisions",
        ),
        (Measure, {"plan__letter": "P", "number": "5"}, {"and_others": False}, "P 5 others"),
        (Stage, {**_at("P", "21"), "text": "導入実行"}, {"column": 2027}, "P 21 column"),
    ],
)
def test_one_altered_cell_is_found(
    client: Client, model: type[Any], where: dict[str, Any], new: dict[str, Any], cell: str
) -> None:
    _alter(model, where, **new)
    assert any(cell in each for each in differences(read(client)))
