"""Texts of the database in the reader's language: one query for a page, Japanese where nothing else is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.db.models import Model

from tsunagari.kernel.i18n.models import Translation

SOURCE: Final = "ja"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A text as it can be shown: in `language`, which is Japanese where no translation is there.

    `outdated` says that the Japanese text was changed after it was translated.
    """

    text: str
    language: str
    fell_back: bool = False
    outdated: bool = False

    def __str__(self) -> str:
        return self.text


def translated(
    things: Iterable[Model], fields: Sequence[str], language: str
) -> dict[tuple[str, str], Shown]:
    """The texts of `fields` of `things` (of one or several models with public_id), keyed by (public id, field).

    One query however many there are; none for Japanese. An empty text needs no translation.
    """
    listed = list(things)
    kept = {} if language == SOURCE else _kept(listed, fields, language)
    return {
        (public_id_of(thing), field): _shown(
            getattr(thing, field), kept.get((public_id_of(thing), field)), language
        )
        for thing in listed
        for field in fields
    }


def put_translation(*, thing: Model, field: str, language: str, text: str, now: datetime) -> None:
    """Keep a translation of the field's present Japanese text; an empty text takes it away."""
    if language == SOURCE:
        raise ValueError(
            "Japanese is the source: write it into the field itself, not as a translation."
        )
    key: dict[str, Any] = {
        "table": thing._meta.label_lower,
        "public_id": public_id_of(thing),
        "field": field,
        "language": language,
    }
    if not text:
        Translation.objects.filter(**key).delete()
        return
    made_from = {"text": text, "source_hash": source_hash(getattr(thing, field)), "changed_at": now}
    Translation.objects.update_or_create(**key, defaults=made_from)


def source_hash(text: str) -> str:
    """What a translation remembers of the Japanese text it was made from."""
    return sha256(text.encode()).hexdigest()


def public_id_of(thing: Model) -> str:
    """The public id of a thing whose texts are translated."""
    return str(thing.public_id)  # type: ignore[attr-defined]  # every translated model has one; Django has no type for that


def _kept(
    things: list[Model], fields: Sequence[str], language: str
) -> dict[tuple[str, str], Translation]:
    found = Translation.objects.filter(
        table__in={thing._meta.label_lower for thing in things},
        public_id__in=[public_id_of(thing) for thing in things],
        field__in=fields,
        language=language,
    )
    return {(row.public_id, row.field): row for row in found}


def _shown(source: str, kept: Translation | None, language: str) -> Shown:
    if kept is not None:
        return Shown(
            text=kept.text, language=language, outdated=kept.source_hash != source_hash(source)
        )
    return Shown(text=source, language=SOURCE, fell_back=bool(source) and language != SOURCE)
