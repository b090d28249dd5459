"""Load divisions: bring the tables in line with the city pack."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.identity.declare import DivisionsLoaded
from tsunagari.kernel.identity.models import Division, DivisionSuccession, DivisionTerm
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def load_divisions(pack: Mapping[str, Any]) -> int:
    """Take in `divisions.yaml` as read; returns how many rows were made or changed.

    Running it twice changes nothing. A division that left the file stays: figures and records name
    it. Raises Refused for a parent, a successor or a year that does not fit.
    """
    entries: Sequence[Mapping[str, Any]] = pack.get("divisions", ())
    made = sum(Division.objects.get_or_create(code=entry["code"])[1] for entry in entries)
    known = {division.code: division for division in Division.objects.all()}
    changed = 0
    for order, entry in enumerate(entries):
        changed += _load_terms(known[entry["code"]], entry.get("terms", ()), order, known)
    for succession in pack.get("successions") or ():
        changed += _load_succession(succession, known)
    if made or changed:
        record(DivisionsLoaded(subject="", made=made, changed=changed))
    return made + changed


def _load_terms(
    division: Division,
    terms: Sequence[Mapping[str, Any]],
    order: int,
    known: Mapping[str, Division],
) -> int:
    _check_years(division.code, terms)
    changed = 0
    for term in terms:
        wanted = {
            "name": term["name"],
            "name_en": term.get("en", ""),
            "kana": term.get("kana", ""),
            "parent": _find(term["parent"], known) if term.get("parent") else None,
            "last_year": term.get("to"),
            "order": order,
        }
        row, new = DivisionTerm.objects.get_or_create(
            division=division, first_year=term["from"], defaults=wanted
        )
        if new or any(getattr(row, field) != text for field, text in wanted.items()):
            for field, text in wanted.items():
                setattr(row, field, text)
            row.save()
            changed += 1
    gone = DivisionTerm.objects.filter(division=division).exclude(
        first_year__in=[term["from"] for term in terms]
    )
    return changed + gone.delete()[0]


def _check_years(code: str, terms: Sequence[Mapping[str, Any]]) -> None:
    ordered = sorted(terms, key=lambda term: term["from"])
    for earlier, later in pairwise(ordered):
        if earlier.get("to") is None or earlier["to"] >= later["from"]:
            raise Refused(
                gettext(
                    "%(code)s：%(year)s年度からの名前が、前の名前と重なっています。前の行の to を書いてください。"
                )
                % {"code": code, "year": later["from"]}
            )


def _find(code: str, known: Mapping[str, Division]) -> Division:
    if code not in known:
        raise Refused(
            gettext(
                "%(code)s という課は divisions.yaml にありません。綴りを確かめるか、先に足してください。"
            )
            % {"code": code}
        )
    return known[code]


def _load_succession(succession: Mapping[str, Any], known: Mapping[str, Division]) -> int:
    return sum(
        DivisionSuccession.objects.get_or_create(
            before=_find(before, known), after=_find(after, known), year=succession["year"]
        )[1]
        for before in succession["before"]
        for after in succession["after"]
    )
