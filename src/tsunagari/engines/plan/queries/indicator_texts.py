"""How indicators read now, as texts of rules/editable.py."""

from collections.abc import Collection

from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.queries.desk import Words, english_of
from tsunagari.engines.plan.rules.editable import INDICATOR


def indicator_texts(indicators: Collection[str]) -> dict[str, dict[str, str]]:
    """Every text of these indicators (public ids), Japanese and English, by public id; unknown ones are left
    out. Two queries."""
    if not indicators:
        return {}
    rows = list(Indicator.objects.select_related("series").filter(public_id__in=indicators))
    words = Words(quoted={}, english=english_of(rows))
    return {each.public_id: words.texts(each, INDICATOR) for each in rows}
