"""Both plans as their printed tables say them, typed from the sources apart from the city pack.

`source/*.csv` was typed from the two documents alone. A cell that the source leaves empty is empty here.
The third plan's measures outside the fields are numbered S1 to S15 (施策1 …), those of the fields 1-1 to
7-4 (重点1-1 …). Slips of the print are mended in names; `mended` holds the
word that was mended.
"""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent / "source"
Row = dict[str, str]

CODES = {"3": "third-plan-2014-2018", "P": "policy-2024-2028"}


def table(name: str) -> list[Row]:
    """The rows of one typed table: plans, words, measures, indicators or stages."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
