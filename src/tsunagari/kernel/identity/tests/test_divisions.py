"""Divisions through the years: a tree that turns over at midnight in Japan, wherever the server stands."""

from datetime import UTC, datetime

import pytest
import yaml
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api, queries
from tsunagari.kernel.identity.models import Division, DivisionTerm
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db

REORGANISED = {
    "divisions": [
        {
            "code": "kikaku-bu",
            "terms": [{"from": 2020, "name": "企画部", "en": "Planning Department"}],
        },
        {
            "code": "joho-suishin",
            "terms": [
                {
                    "from": 2020,
                    "to": 2026,
                    "name": "情報推進課",
                    "en": "Information Division",
                    "parent": "kikaku-bu",
                },
                {
                    "from": 2027,
                    "name": "デジタル戦略課",
                    "en": "Digital Strategy Division",
                    "parent": "kikaku-bu",
                },
            ],
        },
        {"code": "tokei", "terms": [{"from": 2020, "to": 2026, "name": "統計課"}]},
    ],
    "successions": [{"year": 2027, "before": ["tokei"], "after": ["joho-suishin"]}],
}


def test_the_city_pack_loads_and_a_second_time_changes_nothing() -> None:
    pack = yaml.safe_load((settings.CITY_PACK / "divisions.yaml").read_text())
    assert api.load_divisions(pack) > 0
    assert api.load_divisions(pack) == 0
    assert len(happened("identity.divisions_loaded")) == 1
    assert api.division_names(["shimin", "joho-suishin"], FiscalYear(2026), "ja") == {
        "shimin": "市民課",
        "joho-suishin": "情報推進課",
    }


def test_every_division_of_the_pack_has_a_name_in_english() -> None:
    api.load_divisions(yaml.safe_load((settings.CITY_PACK / "divisions.yaml").read_text()))
    assert not DivisionTerm.objects.filter(name_en="").exists()
    assert not DivisionTerm.objects.filter(kana="").exists()


def test_the_tree_turns_over_on_1_april_in_japan() -> None:
    """15:00 UTC on 31 March is midnight in Japan."""
    api.load_divisions(REORGANISED)
    before = FiscalYear.at(datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC))
    after = FiscalYear.at(datetime(2027, 3, 31, 15, 0, 0, tzinfo=UTC))
    assert [each.name for each in api.divisions(before)] == ["企画部", "情報推進課", "統計課"]
    assert [each.name for each in api.divisions(after)] == ["企画部", "デジタル戦略課"]
    assert api.divisions(after)[1].parent == "kikaku-bu"


def test_old_figures_keep_the_old_name_and_show_who_took_over() -> None:
    api.load_divisions(REORGANISED)
    assert api.division_names(["tokei"], FiscalYear(2026), "ja") == {"tokei": "統計課"}
    assert api.successors("tokei", FiscalYear(2026)) == ["tokei"]
    assert api.successors("tokei", FiscalYear(2027)) == ["joho-suishin"]


def test_a_name_is_never_missing() -> None:
    api.load_divisions(REORGANISED)
    assert api.division_names(["joho-suishin", "nobody"], FiscalYear(2012), "en") == {
        "joho-suishin": "Information Division",
        "nobody": "nobody",
    }


def test_names_cost_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    api.load_divisions(REORGANISED)
    with django_assert_num_queries(1):
        api.division_names(["joho-suishin", "tokei", "kikaku-bu"], FiscalYear(2026), "ja")


def test_overlapping_names_are_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="joho：2026年度からの名前が、前の名前と重なっています"):
        api.load_divisions(
            {
                "divisions": [
                    {
                        "code": "joho",
                        "terms": [{"from": 2020, "name": "あ"}, {"from": 2026, "name": "い"}],
                    }
                ]
            }
        )
    assert not Division.objects.exists()


def test_an_unknown_parent_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="somu-bu という課は"):
        api.load_divisions(
            {
                "divisions": [
                    {
                        "code": "somu",
                        "terms": [{"from": 2020, "name": "総務課", "parent": "somu-bu"}],
                    }
                ]
            }
        )


def test_a_renamed_division_keeps_its_code_and_public_id() -> None:
    api.load_divisions(REORGANISED)
    years = [queries.divisions(FiscalYear(year))[1] for year in (2026, 2027)]
    assert years[0].public_id == years[1].public_id
