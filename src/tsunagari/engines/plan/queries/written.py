"""Reads the texts of the history back into what a row holds: the other way of rules/editable.py's as_text."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from tsunagari.engines.plan.models import Plan
from tsunagari.engines.plan.rules.editable import Editable
from tsunagari.kernel.i18n.translations import SOURCE


def value_of(each: Editable, text: str) -> Any:
    """What a field of this kind holds when its text is `text`; nothing is None, or the empty text."""
    if each.kind in ("whole", "year"):
        return int(text) if text else None
    if each.kind == "figure":
        return Decimal(text) if text else None
    if each.kind == "day":
        return date.fromisoformat(text) if text else None
    if each.kind == "truth":
        return bool(text)
    if each.kind == "codes":
        return [code for code in text.split(",") if code]
    if each.kind == "scale":
        return json.loads(text) if text else {}
    return text


def put_inner(plan: Plan, name: str, language: str, text: str) -> None:
    """Put a word that stands inside one of the lists of a plan's row ("labels.number",
    "viewpoints.town.name"); a label that is not there is left alone."""
    group, *rest = name.split(".")
    held: dict[str, str] = {}
    if group == "labels":
        held = plan.labels.setdefault(rest[0], {})
    for label in getattr(plan, group) if group != "labels" else ():
        if label["code"] == rest[0]:
            held = label[rest[1]]
    if text or language == SOURCE:
        held[language] = text
    else:
        held.pop(language, None)
