"""Rules of the ledger without a database: what an event may hold, and how a batch is hashed."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime

from django.utils.translation import gettext, pgettext

from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.ids import is_public_id
from tsunagari.kernel.ledger.declare import KINDS, YES_NO, Event, Plain, Recorded

LONGEST_TEXT = 200
GENESIS = "0" * 64
"""What the first seal points back to."""

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TELEPHONE = re.compile(r"(?<!\d)0\d{1,4}-?\d{1,4}-?\d{4}(?!\d)")
_PERSONAL_NUMBER = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)")
_HASH = re.compile(r"[0-9a-f]{64}")
"""A SHA-256: by chance some of its digits stand like a telephone's."""


class Refused(ValueError):
    """The event may not enter the ledger; the message says why and what to do."""


def check(event: Event) -> None:
    """Refuse an event that is undeclared, not plain, or carries personal details."""
    if KINDS.get(event.name) is not type(event):
        raise Refused(
            f"{type(event).__qualname__} is not declared; subclass Event with a name in declare.py."
        )
    for field in ("subject", "actor"):
        text = getattr(event, field)
        if text and not is_public_id(text):
            raise Refused(
                f"{event.name}: {field} must be a public id of 22 characters, so that erasing the person leaves no trace here."
            )
    for field, held in event.data().items():
        _check_field(event.name, field, held)


def _check_field(name: str, field: str, held: Plain) -> None:
    if held is None or isinstance(held, bool | int):
        return
    if not isinstance(held, str):
        raise Refused(
            f"{name}: {field} is a {type(held).__name__}; write text, a whole number, a truth value or None."
        )
    if len(held) > LONGEST_TEXT:
        raise Refused(
            f"{name}: {field} is longer than {LONGEST_TEXT} characters; keep the text elsewhere and give its id."
        )
    # Offices type full-width digits and signs as often as others.
    narrow = unicodedata.normalize("NFKC", held)
    if is_public_id(held) or _HASH.fullmatch(held):
        return
    if any(pattern.search(narrow) for pattern in (_MAIL, _TELEPHONE, _PERSONAL_NUMBER)):
        raise Refused(
            f"{name}: {field} looks like a mail address, telephone or personal number; the ledger keeps no personal details, give a public id."
        )


def digest(entries: Iterable[Recorded]) -> str:
    """SHA-256 over the entries in canonical JSON, one line each, in order of position."""
    running = hashlib.sha256()
    for entry in entries:
        line = [
            entry.position,
            entry.public_id,
            entry.name,
            entry.recorded_at.isoformat(timespec="microseconds"),
            entry.subject,
            entry.actor,
            entry.division,
            entry.data,
        ]
        running.update(
            json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            + b"\n"
        )
    return running.hexdigest()


def chain(*, previous: str, number: int, first: int, last: int, content: str) -> str:
    """The hash of a seal: it covers the batch, its bounds and the seal before it."""
    return hashlib.sha256(f"{previous}:{number}:{first}:{last}:{content}".encode()).hexdigest()


def kept_from(now: datetime, years: int) -> datetime | None:
    """Batches sealed before this moment are over; None with `years` 0: nothing ever is.

    A retention of five years begins on 1 April after the fiscal year of sealing, as for documents
    (文書の保存期間): what was sealed in fiscal year 2020 goes on 1 April 2026.
    """
    return FiscalYear(FiscalYear.at(now).year - years).start if years else None


def title_of(name: str) -> str:
    """What an event is called, in the reader's language: the title of its declaration, else its name."""
    kind = KINDS.get(name)
    return gettext(kind.title) if kind and kind.title else name


def details(name: str, data: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    """What an event's fields say, each with what it is called, in the reader's language and the
    declaration's order. Fields that hold nothing are left out; what no declaration names any more
    stands as it was recorded."""
    kind = KINDS.get(name)
    declared = [each.name for each in fields(kind) if each.name in data] if kind else []
    for field in (*declared, *(each for each in data if each not in declared)):
        held = data[field]
        if held is None or held == "":
            continue
        words = kind.words.get(field) if kind else None
        named = words.values if words and words.values else YES_NO if held in (True, False) else {}
        text = as_text(held)
        yield (
            gettext(words.title) if words else field,
            gettext(named[text]) if text in named else text,
        )


def detail(title: str, held: str) -> str:
    """One detail as a line: 入口：職員用."""
    return pgettext("a field and what it holds", "%(field)s：%(held)s") % {
        "field": title,
        "held": held,
    }


def as_text(held: Plain) -> str:
    """A field's value as the text by which counts are told apart; "" for None."""
    if held is None:
        return ""
    return str(held).lower() if isinstance(held, bool) else str(held)
