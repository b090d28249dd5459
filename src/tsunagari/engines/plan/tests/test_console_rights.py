"""Every address of the plan's console, tried by everybody: nobody writes what is not theirs."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, reverse

from tsunagari.engines.plan import urls
from tsunagari.engines.plan.console import console_urls
from tsunagari.engines.plan.models import Edition, Evidence, Indicator, Value
from tsunagari.engines.plan.rules.addable import ADDED
from tsunagari.engines.plan.rules.text_faults import faults_of
from tsunagari.engines.plan.tests.conftest import CODE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
OUTSIDE = ("resident", "neighbour", "outsider")
WRITES_NOTHING = (*OUTSIDE, "other_clerk", "administrator")
FILLED = {
    "value": "705", "status": "final", "source": "窓口の集計", "reason": "確かめるため", "seen": "",
    "evidence_title": "別の資料", "evidence_address": "https://www.example.jp/", "public": "1",
    "name": "ほかの名前", "basis": "absolute", "version": "1", "code": "x", "letter": "X",
}  # fmt: skip


@pytest.fixture
def figure(settings: object, tmp_path: Path, clerk_client: Client) -> Value:
    """A figure of the clerk's own measure, with evidence for staff only."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]  # pytest-django's
    row = Indicator.objects.get(measure__plan__code=CODE, measure__number="6", order=1)
    file = SimpleUploadedFile("集計.pdf", b"%PDF-1.7\nwhat was counted")
    told = {**FILLED, "evidence_file": file, "evidence_address": "", "value": "700"}
    clerk_client.post(f"/console/plan-figures/{row.public_id}/2025/", told)
    return Value.objects.get(indicator=row, fiscal_year=2025)


def addresses(figure: Value) -> list[str]:
    """One address of every page and button."""
    known = {
        "code": CODE,
        "number": "6",
        "year": 2025,
        "month": 4,
        "value": figure.public_id,
        "version": figure.public_id,
        "edit": "nothing",
        "kind": "driver",
    }

    def address(each: URLPattern) -> str:
        names = set(each.pattern.converters)
        given = {name: known[name] for name in names & set(known)}
        if "public_id" in names:
            behind = figure.evidence.get().public_id if "evidence" in str(each.name) else ""
            given["public_id"] = behind or figure.indicator.public_id
        if each.name == "plan_figures_evidence":
            given["public_id"] = figure.indicator.public_id
        return reverse(str(each.name), "tsunagari.city.urls_staff", kwargs=given)

    return [address(each) for each in console_urls()]


def test_nobody_writes_by_any_address_what_is_not_theirs(
    everybody: dict[str, Client], figure: Value
) -> None:
    before = Edition.objects.get().word
    told = addresses(figure)
    assert len(told) > 25
    for name in WRITES_NOTHING:
        for each in told:
            everybody[name].post(each, FILLED)
            assert Edition.objects.get().word == before, f"{name} wrote by {each}"
    assert not Evidence.objects.get().public


def test_nobody_from_outside_sees_any_page(everybody: dict[str, Client], figure: Value) -> None:
    for name in OUTSIDE:
        for each in addresses(figure):
            answer = everybody[name].get(each)
            assert answer.status_code in {302, 403, 404, 405}, f"{name} sees {each}"


def test_no_page_breaks_for_staff(everybody: dict[str, Client], figure: Value) -> None:
    for name in ("clerk", "head", "other_clerk", "secretariat", "administrator"):
        for each in addresses(figure):
            for answer in (everybody[name].get(each), everybody[name].post(each, {})):
                assert answer.status_code < 500, f"{name} breaks {each}"


@pytest.mark.parametrize("module", [urls.urlpatterns, console_urls()])
def test_no_plan_takes_a_word_that_pages_use(module: list[URLPattern]) -> None:
    words = {str(each.pattern).removeprefix("plan/").split("/")[0] for each in module}
    plain = {word for word in words if word.isalpha() and word.islower()}
    assert plain
    sheet = ADDED["plan"]
    for word in plain - {"plan"}:
        typed = {**dict.fromkeys(sheet.keys, ""), "code": word}
        keys = [key for key, _ in faults_of(sheet, typed, bounds=None)]
        assert "code" in keys, f"a plan may be called {word}"
