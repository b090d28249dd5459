"""What a city writes of its open data is read whole or refused in a sentence."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tsunagari.engines.plan import api
from tsunagari.engines.plan.tests.conftest import NISHITOKYO

GOOD = (NISHITOKYO / "city.yaml").read_text(encoding="utf-8")


def _refusal(tmp_path: Path, text: str) -> str:
    (tmp_path / "city.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(api.TermsRefused) as refused:
        api.terms_of_pack(tmp_path)
    return str(refused.value)


@pytest.mark.parametrize("city", ["nishitokyo", "sample"])
def test_the_packs_terms_are_read(city: str) -> None:
    terms = api.terms_of_pack(Path(settings.ROOT) / "cities" / city)
    assert len(terms.code) == 6
    assert terms.licence
    assert terms.licence.address.startswith("https://")


def test_a_city_may_leave_its_terms_open(tmp_path: Path) -> None:
    said = yaml.safe_load(GOOD)
    del said["open_data"]
    (tmp_path / "city.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
    assert api.terms_of_pack(tmp_path).licence is None


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"132292"', "13229", "is no code of a municipality"),
        ("ja: 東京都, ", "", "prefecture needs its Japanese words"),
        ("    code: CC BY 4.0\n", "", "exactly code, name, address"),
        ("address: https://", "address: javascript://", "begins with https://"),
        ("  licence:", "  terms:", "open_data must hold `licence`"),
    ],
)
def test_wrong_terms_are_refused_with_the_mend(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    assert before in GOOD
    refusal = _refusal(tmp_path, GOOD.replace(before, after, 1))
    assert words in refusal
    assert "city.yaml" in refusal


def test_a_pack_without_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(api.TermsRefused, match=r"city\.yaml is missing"):
        api.terms_of_pack(tmp_path)
