"""A sheet's fields as texts, by key: names of rules/fields.py, and "<indicator>.q1" for quarters' figures."""

from collections.abc import Iterable, Mapping
from typing import Final

from tsunagari.engines.cycle.models import QuarterFigure, Sheet
from tsunagari.engines.cycle.rules.fields import FIELDS, QUARTERS
from tsunagari.engines.cycle.rules.typed import Held, text_of

QUARTER_MARK: Final = ".q"


def quarter_key(indicator: str, quarter: int) -> str:
    """The key of an indicator's figure at the end of a quarter."""
    return f"{indicator}{QUARTER_MARK}{quarter}"


def parts_of_key(key: str) -> tuple[str, int] | None:
    """Indicator and quarter of such a key; None for a field of the sheet."""
    indicator, mark, quarter = key.rpartition(QUARTER_MARK)
    if not mark or not indicator or quarter not in {str(each) for each in QUARTERS}:
        return None
    return indicator, int(quarter)


def values_of(sheet: Sheet) -> dict[str, Held]:
    """What each field keeps."""
    return {each.name: getattr(sheet, each.name) for each in FIELDS}


def texts_of(sheet: Sheet, figures: Iterable[QuarterFigure]) -> dict[str, str]:
    """Every field's text, and the quarters' figures that there are."""
    texts = {name: text_of(value) for name, value in values_of(sheet).items()}
    texts |= {quarter_key(each.indicator, each.quarter): text_of(each.value) for each in figures}
    return texts


def figures_of(sheets: Iterable[Sheet]) -> Mapping[int, list[QuarterFigure]]:
    """The quarters' figures of sheets, by the sheet's key. One query."""
    found: dict[int, list[QuarterFigure]] = {sheet.pk: [] for sheet in sheets}
    for each in QuarterFigure.objects.filter(sheet__in=list(found)):
        found[each.sheet_id].append(each)
    return found
