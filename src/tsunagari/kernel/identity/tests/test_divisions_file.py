"""divisions.yaml is refused before anything changes, with the line, what is wrong and what would be right."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tsunagari.kernel.identity import api

FILE = "divisions.yaml"
GOOD = """divisions:
  - code: shimin
    terms: [{ from: 2014, name: 市民課, kana: しみんか, en: Citizens Division }]
  - code: kenko
    terms: [{ from: 2014, to: 2023, name: 健康課 }, { from: 2024, name: 健康推進課 }]
successions: []
"""


@pytest.mark.parametrize(
    "city", sorted((settings.CITY_PACK.parent).iterdir()), ids=lambda c: c.name
)
def test_the_packs_own_divisions_are_read_as_they_stand(city: Path) -> None:
    file = city / FILE
    assert api.divisions_in(file.read_bytes(), file=FILE) == yaml.safe_load(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    terms: [{ from: 2014, name", "    term: [{ from: 2014, name", "divisions.yaml:3: 'term' is not a key of a division; use one of: code, terms"),
        ("    terms: [{ from: 2014, name", "    term: [{ from: 2014, name", "divisions.yaml:2: a division has no terms; write terms"),
        ("    terms: [{ from: 2014, name", "\tterms: [{ from: 2014, name", "divisions.yaml:3: this is not YAML"),
        ("from: 2014, name", "from: H26, name", "divisions.yaml:3: from is 'H26'; write the year"),
        ("name: 市民課, ", "", "divisions.yaml:3: a term has no name"),
        ("name: 市民課", "name: 市民課, 窓口", "'窓口' is not a key of a term"),
        ("kana: しみんか", "name: 住民課", "'name' stands twice; keep one"),
        ("- code: shimin", "- kode: shimin", "divisions.yaml:2: 'kode' is not a key of a division"),
        ("code: kenko", "code: shimin", "divisions.yaml:4: two divisions bear the code shimin"),
        ("code: kenko", "code: 健康", "'健康' is no code"),
        ("to: 2023", "to: 2013", "the term ends before it begins"),
        ("successions: []", "successions: [{ before: [shimin], after: [kenko] }]", "a succession has no year"),
        ("successions: []", "sucessions: []", "divisions.yaml:6: 'sucessions' is not a key of the file"),
        (GOOD, "", "the file is empty"),
        (GOOD, "- shimin\n", "the file has no keys"),
    ],
)  # fmt: skip
def test_it_rejects_a_fault_with_its_line(old: str, new: str, said: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(api.Refused) as refused:
        api.divisions_in(GOOD.replace(old, new, 1).encode(), file=FILE)
    assert said in str(refused.value)


def test_a_file_in_another_encoding_is_refused_with_the_line_of_the_byte() -> None:
    with pytest.raises(api.Refused, match=r"divisions.yaml:3: byte \d+ is no UTF-8"):
        api.divisions_in(GOOD.encode("cp932"), file=FILE)
