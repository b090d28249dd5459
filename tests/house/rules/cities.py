"""The code serves any city: no city that has a pack is named in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.house.rules import tree

PACKS = Path(__file__).resolve().parents[3] / "cities"
DEFAULT = ("city/environment.py", 'default="nishitokyo"')
"""The one place where a city stands: the documented default of TSUNAGARI_CITY."""

_READ = {".py", ".html", ".txt", ".po", ".css", ".js", ".svg", ".md", ".yaml", ".json"}


def the_code_names_no_city(root: Path) -> Iterator[str]:
    """No file under src/ names a city of cities/, in Japanese or English; tests of the rooms may."""
    names = re.compile("|".join(sorted(_names())), re.IGNORECASE)
    for path in sorted(tree.package(root).rglob("*")):
        if path.suffix not in _READ or "tests" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found = names.search(line)
            if found and not (path.as_posix().endswith(DEFAULT[0]) and DEFAULT[1] in line):
                yield (
                    f"{tree.place(root, path, number)}: names the city {found[0]!r}; "
                    f"write what holds for any city, and put what is this city's own into cities/<city>/."
                )


def _names() -> Iterator[str]:
    """西東京 of 西東京市, Nishitokyo of Nishitokyo City."""
    for file in PACKS.glob("*/city.yaml"):
        name = yaml.safe_load(file.read_text(encoding="utf-8"))["name"]
        yield re.escape(name["ja"].removesuffix("市"))
        yield re.escape(name["en"].removesuffix(" City"))
