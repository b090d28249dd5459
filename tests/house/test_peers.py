"""Pages that compare this house with others name tests, and each named test exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs/peers").glob("*.md"))
STANDS = {"yes", "other", "part", "no"}
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows(page: Path) -> Iterator[tuple[str, str, str]]:
    """Function, how it stands here, and the words beside it: the lines of every table but its head."""
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[1] not in ("here", "---"):
            yield cells[0], cells[1], cells[2]


@cache
def names_in(path: str) -> frozenset[str]:
    """The functions of a file of tests; none where there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_claim_names_a_test_that_exists(page: Path) -> None:
    told = list(rows(page))
    assert told, f"{page.name} has no table of functions"
    for function, stands, words in told:
        assert stands in STANDS, f"{function}: {stands!r} is none of {sorted(STANDS)}"
        named = NAMED.findall(words)
        if stands == "no":
            assert words, f"{function}: say why it is not here"
            assert not named, f"{function}: what is not here has no test"
        else:
            assert named, f"{function}: name the test that holds it"
        for path, name in named:
            assert name in names_in(path), f"{function}: {path} has no {name}"
            assert name.startswith("test_"), f"{function}: {name} is no test"


def test_there_is_a_page() -> None:
    assert [page.stem for page in PAGES] == ["shirasagi"]
