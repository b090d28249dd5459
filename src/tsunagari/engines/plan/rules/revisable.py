"""What of an indicator is revised by a decision, beside its targets: its name, how it is counted, its unit."""

from collections.abc import Mapping
from typing import Final

from tsunagari.engines.plan.rules.editable import INDICATOR, Sheet
from tsunagari.engines.plan.rules.text_faults import Fault, faults_of

_FIELDS: Final = ("name", "definition_note", "unit")
_REVISABLE: Final = Sheet(
    kind=INDICATOR.kind,
    title=INDICATOR.title,
    fields=tuple(
        INDICATOR.by_name[name] for name in _FIELDS if not INDICATOR.by_name[name].settled
    ),
)

REVISABLE: Final = _REVISABLE.keys
"""Keys of the texts, each with its English: "name", "name.en" …"""
TITLES: Final[Mapping[str, str]] = {each.name: each.title for each in _REVISABLE.fields}
"""What each field is called, marked for translation."""
LONGEST: Final[Mapping[str, int]] = {each.name: each.longest for each in _REVISABLE.fields}
"""Letters of the longest text of each field."""


def revision_faults(before: Mapping[str, str], after: Mapping[str, str]) -> list[Fault]:
    """What is wrong with an indicator that would read `after` and was not wrong `before`. Both hold every
    text of an indicator."""
    known = faults_of(INDICATOR, before)
    return [each for each in faults_of(INDICATOR, after) if each not in known]
