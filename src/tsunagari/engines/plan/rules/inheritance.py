"""What a measure takes over from those it grows from, as texts of rules/editable.py."""

from collections.abc import Mapping, Sequence
from typing import Final

from tsunagari.engines.plan.rules.editable import MEASURE, STAGE, english

_GATHERED: Final = ("purpose", "outline", "note")
"""Texts that a merger puts one under the other."""
_OWN: Final = ("mended", "from_year", "until_year", "until_reason")
"""What was said of an origin alone: slips of its source, its own years."""


def inherited(
    origins: Sequence[Mapping[str, str]], *, has_indicators: bool, kind: str = ""
) -> dict[str, str]:
    """The texts of a new measure; all empty where it grows from nothing. `kind` says how it is managed; ""
    where nobody chose: by the indicators that go on, as an origin that had none, or as needed.

    English that only some of the gathered texts have is left out: half a text misleads.
    """
    texts = {**dict.fromkeys(MEASURE.keys, ""), "kind": kind or "as_needed"}
    if not origins:
        return texts
    texts |= origins[0]
    for name in _GATHERED:
        told = [each for each in origins if each[name]]
        texts[name] = _under_each_other([each[name] for each in told])
        words = [each[english(name)] for each in told]
        texts[english(name)] = _under_each_other(words) if all(words) else ""
    codes = [code for each in origins for code in each["viewpoints"].split(",") if code]
    texts["viewpoints"] = ",".join(dict.fromkeys(codes))
    texts["and_others"] = "1" if any(each["and_others"] for each in origins) else ""
    texts["kind"] = kind or _kind([each["kind"] for each in origins], has_indicators=has_indicators)
    own = [key for key in MEASURE.keys for name in _OWN if key in (name, english(name))]
    return {**texts, **dict.fromkeys(own, "")}


def _under_each_other(texts: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(texts))


def _kind(kinds: Sequence[str], *, has_indicators: bool) -> str:
    """How it is managed: by indicators where some go on with it, else as the first origin that had none."""
    if has_indicators:
        return "indicator"
    return next((kind for kind in kinds if kind != "indicator"), "as_needed")


def coming_stage(
    stage: Mapping[str, str], year: int, last: int, *, stands: bool
) -> dict[str, str] | None:
    """A stage as it goes on from `year`, in a plan whose last year is `last`; None for one that is over.

    `stands`: it is the stage in which the origin was before. Where its end is not known it goes on, and
    nobody claims to know until when.
    """
    column, end = int(stage["column"]), stage["last_year"]
    over = int(end) < year if end else column < year and not stands
    if over or column > last:
        return None
    texts = {key: stage[key] for key in STAGE.keys}
    begins = max(int(stage["first_year"] or column), year)
    texts["column"] = str(max(column, year))
    known = bool(stage["first_year"]) or column <= year
    texts["first_year"] = str(begins) if known else ""
    texts["last_year"] = str(min(int(end), last)) if end else ""
    return texts
