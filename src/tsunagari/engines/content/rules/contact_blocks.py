"""Blocks of a page that name a division: whom to ask."""

from collections.abc import Mapping, Sequence
from typing import Any


def names_division(raw: Sequence[Mapping[str, Any]], code: str) -> bool:
    """Whether a contact of a stored stream names a division."""
    return any(each["type"] == "contact" and each["value"].get("division") == code for each in raw)


def with_division(raw: Sequence[dict[str, Any]], before: str, after: str) -> list[dict[str, Any]]:
    """The stream with contacts that named one division naming another. What was typed beside
    it (place, telephone) stays: the division may have moved, or not."""
    return [
        {**each, "value": {**each["value"], "division": after}}
        if each["type"] == "contact" and each["value"].get("division") == before
        else dict(each)
        for each in raw
    ]
