"""Every service, engine and meter: it is said in two languages, and its division exists."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml
from django.conf import settings
from django.utils.translation import gettext, override

from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import InContext
from tsunagari.kernel.ledger.declare import KINDS
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.declare import Meter
from tsunagari.kernel.service import api as service
from tsunagari.kernel.service.declare import Engine, Service

OF_EVERY_EVENT = ("subject", "actor", "division")
"""Fields that have columns of their own on the audit screen."""


def _codes(pack: Path) -> set[str]:
    listed = yaml.safe_load((pack / "divisions.yaml").read_text(encoding="utf-8"))
    return {division["code"] for division in listed["divisions"]}


def _measures(pack: Path) -> set[str]:
    plans = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in pack.glob("plan/*.yaml")]
    return {f"{plan['letter']}/{row['number']}" for plan in plans for row in plan["measures"]}


def _untranslated(*texts: str) -> Iterator[str]:
    with override("en"):
        yield from (text for text in texts if text and gettext(text) == text)


@pytest.mark.parametrize("declared", service.services(), ids=lambda declared: declared.id)
def test_the_division_of_a_service_exists_in_the_city_pack(declared: Service) -> None:
    codes = _codes(settings.CITY_PACK)
    assert declared.division in codes, (
        f"{declared.id}: division {declared.division!r} is not in divisions.yaml of the city pack; there are: {', '.join(sorted(codes))}"
    )


@pytest.mark.parametrize("declared", service.services(), ids=lambda declared: declared.id)
def test_the_measures_of_a_service_stand_in_the_city_pack(declared: Service) -> None:
    """A plan that the pack does not hold yet (the next one) is taken at its word."""
    rows = _measures(settings.CITY_PACK)
    lost = [
        named
        for named in declared.measures
        if named not in rows and named.split("/")[0] in {row.split("/")[0] for row in rows}
    ]
    assert not lost, (
        f"{declared.id}: no plan of the city pack has the measure {', '.join(lost)}; write letter and number as cities/<city>/plan/*.yaml has them"
    )


@pytest.mark.parametrize("declared", service.services(), ids=lambda declared: declared.id)
def test_a_measure_is_named_by_plan_and_number(declared: Service) -> None:
    bare = [named for named in declared.measures if not re.fullmatch(r"\w+/[\w-]+", named)]
    assert not bare, f"{declared.id}: write {', '.join(bare)} as letter/number, for example P/2"


@pytest.mark.parametrize(
    "declared", [*service.services(), *service.engines()], ids=lambda declared: declared.id
)
def test_title_and_purpose_stand_in_english(declared: Service | Engine) -> None:
    assert list(_untranslated(declared.title, declared.purpose)) == []


@pytest.mark.parametrize("meter", metering.declared(), ids=lambda meter: meter.id)
def test_a_meter_says_in_both_languages_what_it_counts_and_how(meter: Meter) -> None:
    assert meter.title
    assert meter.unit
    assert meter.how.endswith("。"), (
        f"{meter.id}: how tells a resident in whole sentences what is counted"
    )
    assert list(_untranslated(meter.title, meter.how)) == []
    assert isinstance(meter.unit, InContext), (
        f'{meter.id}: write unit=P_("what is counted, in English", "{meter.unit}"); one counting word is many words in English'
    )
    with override("en"):
        assert said(meter.unit) != meter.unit, (
            f"{meter.id}: the unit has no English; run `tsunagari texts`."
        )


def test_there_is_something_to_promise() -> None:
    assert service.services()
    assert service.engines()
    assert metering.declared()


@pytest.mark.parametrize("name", sorted(name for name in KINDS if not name.startswith("test.")))
def test_the_audit_screen_says_in_words_what_happened(name: str) -> None:
    kind = KINDS[name]
    assert kind.title, (
        f"{kind.__qualname__}: give {name!r} a title=N_(…); the audit screen shows it."
    )
    assert not list(_untranslated(kind.title)), (
        f"{kind.title} has no English; run `tsunagari texts`."
    )


@pytest.mark.parametrize(
    ("name", "field"),
    [
        (name, field.name)
        for name, kind in sorted(KINDS.items())
        for field in fields(kind)
        if field.name not in OF_EVERY_EVENT and not name.startswith("test.")
    ],
)
def test_the_audit_screen_has_words_for_every_field_of_an_event(name: str, field: str) -> None:
    kind = KINDS[name]
    where = f"{kind.__module__}: {kind.__qualname__}"
    assert field in kind.words, (
        f'{where}: say what {field!r} is called, words={{"{field}": Words(title=N_(…))}}, with values={{…}} where it holds one of a fixed set; the audit screen shows it.'
    )
    words = kind.words[field]
    missing = [
        held
        for held in get_args(get_type_hints(kind)[field])
        if isinstance(held, str) and held not in words.values
    ]
    assert not missing, (
        f"{where}: name what {field!r} may hold in values={{…}}: {', '.join(missing)}."
    )
    unsaid = list(_untranslated(words.title, *words.values.values()))
    assert not unsaid, (
        f"{where}: {', '.join(unsaid)} ({field!r}) has no English; mark it with N_, run `tsunagari texts` and write its msgstr."
    )
