"""Brings rows to what the pack says where the pack itself changed; what people edited since then stands."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import count, islice
from typing import Any, TypeVar

from django.db import models

from tsunagari.engines.plan.models import Edit
from tsunagari.engines.plan.queries.desk import LANGUAGE, english_of
from tsunagari.engines.plan.queries.edits import ADDED
from tsunagari.engines.plan.rules.pack import Text
from tsunagari.kernel.i18n.days import day_start
from tsunagari.kernel.i18n.translations import public_id_of, put_translation

M = TypeVar("M", bound=models.Model)


class Keeper:
    """One loading: keeps rows, and counts in `changed` those that were new or different.

    `lived` says that figures are dated as if they had been written down in their time: for a town that
    is invented only. `since` is when the pack was written out of these very tables: what people changed
    later stands.
    """

    def __init__(
        self, *, now: datetime, lived: bool = False, since: datetime | None = None
    ) -> None:
        self.now = now
        self.lived = lived
        self.since = since
        self.changed = 0

    def when(self, day: date) -> datetime:
        """When a figure known on `day` was written down: now, or on that day where the past was lived."""
        return min(self.now, day_start(day)) if self.lived else self.now

    def orders(self, rows: models.QuerySet[Any], number: int) -> list[int]:
        """The places (order) of the first `number` rows that the pack means by its list, from the top.

        A pack of the city knows its own rows alone, by their place. A workbook that was written out of these
        tables also tells the rows that people had added by then, which stand at places far behind.
        """
        if self.since is None:
            return list(range(1, number + 1))
        standing = list(rows.order_by("order").values_list("order", "public_id"))
        added = Edit.objects.filter(
            thing__in=[thing for _, thing in standing], field=ADDED, made_at__gt=self.since
        )
        later = set(added.values_list("thing", flat=True))
        known = [order for order, thing in standing if thing not in later][:number]
        taken = {order for order, _ in standing}
        free = (order for order in count(max(known, default=0) + 1) if order not in taken)
        return [*known, *islice(free, number - len(known))]

    def keep(
        self,
        model: type[M],
        key: Mapping[str, Any],
        fields: Mapping[str, Any],
        texts: Mapping[str, Text],
        ties: Mapping[str, Sequence[models.Model]] | None = None,
    ) -> M:
        """The row of `key`, brought to `fields`, `texts` and `ties` (many to many) where the pack now
        says something else than the last time (`told`). A row that is new is made. What a workbook that was
        written out of these tables says as it stands is left as it is: what people added stays theirs."""
        tied = {name: sorted(row.pk for row in rows) for name, rows in (ties or {}).items()}
        wanted = {**fields, **{name: text.ja for name, text in texts.items()}}
        told = {name: _plain(value) for name, value in wanted.items()} | {
            f"{name}.{language}": words
            for name, text in texts.items()
            for language, words in text.others
        }
        told |= tied
        manager = model._default_manager  # noqa: SLF001 - the name Django documents for any model's manager
        row = manager.filter(**key).first()
        if row is None:
            row = manager.create(**key, **wanted, told=told)
            self._translate(row, texts, {})
            self._tie(row, tied, {})
            self.changed += 1
            return row
        before: dict[str, Any] = row.told  # type: ignore[attr-defined]  # every row of a pack has it
        if _said(before) == _said(told):
            return row
        if self.since is not None:
            standing = _as_it_stands(row, fields, texts)
            if _said(standing) == _said(told):
                return row
            before = before or standing
        later = self._edited_later(row)
        new = {
            name: value
            for name, value in wanted.items()
            if (before.get(name) or None) != (told[name] or None) and (name, "ja") not in later
        }
        self._bring(row, new, before, told)
        self._translate(row, texts, before, later)
        self._tie(row, tied, before)
        self.changed += 1
        return row

    def _edited_later(self, row: models.Model) -> set[tuple[str, str]]:
        """Fields by name and language that people changed after the pack was written out."""
        if self.since is None:
            return set()
        edits = Edit.objects.filter(thing=public_id_of(row), made_at__gt=self.since)
        return {(each.field.partition(".")[0], each.language) for each in edits}

    def _bring(
        self,
        row: models.Model,
        new: Mapping[str, Any],
        before: Mapping[str, Any],
        told: Mapping[str, Any],
    ) -> None:
        names = [*new, "told"]
        for name, value in new.items():
            setattr(row, name, _merged(getattr(row, name), before.get(name), value))
        row.told = told  # type: ignore[attr-defined]  # as above
        if hasattr(row, "version"):
            row.version += 1
            names.append("version")
        row.save(update_fields=names)

    def _tie(
        self, row: models.Model, tied: Mapping[str, list[int]], before: Mapping[str, Any]
    ) -> None:
        for name, keys in tied.items():
            if before.get(name) != keys:
                getattr(row, name).set(keys)

    def _translate(
        self,
        row: models.Model,
        texts: Mapping[str, Text],
        before: Mapping[str, Any],
        later: Collection[tuple[str, str]] = (),
    ) -> None:
        """Put each translation that is new or was made from another Japanese text; take away those that
        the pack told the last time and tells no more."""
        told = {f"{name}.{language}" for name, text in texts.items() for language, _ in text.others}
        for key in before:
            name, _, language = key.rpartition(".")
            if name in texts and key not in told and (name, language) not in later:
                put_translation(thing=row, field=name, language=language, text="", now=self.now)
        for name, text in texts.items():
            for language, words in text.others:
                if (name, language) in later:
                    continue
                if (before.get(name), before.get(f"{name}.{language}")) != (text.ja, words):
                    put_translation(
                        thing=row, field=name, language=language, text=words, now=self.now
                    )


def _as_it_stands(
    row: models.Model, fields: Mapping[str, Any], texts: Mapping[str, Text]
) -> dict[str, Any]:
    """What a pack would tell that was written out of the row now."""
    standing = {name: _plain(getattr(row, name)) for name in (*fields, *texts)}
    kept = {name: each.text for (_, name), each in english_of([row]).items() if name in texts}
    return standing | {f"{name}.{LANGUAGE}": text for name, text in kept.items()}


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a pack said without what it left open: a field that older packs did not know was open, too."""
    return {name: value for name, value in told.items() if value not in (None, "")}


def _merged(stands: Any, before: Any, now: Any) -> Any:
    """What the pack says now; of labels that bear codes, those that people added or edited since stay."""
    if not (_labels(stands) and _labels(before) and _labels(now)):
        return now
    standing, told = ({each["code"]: each for each in labels} for labels in (stands, before))
    brought = [
        standing.get(each["code"], each) if told.get(each["code"]) == each else each for each in now
    ]
    known = {each["code"] for each in [*before, *now]}
    return [*brought, *(each for each in stands if each["code"] not in known)]


def _labels(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(e, dict) and "code" in e for e in value)


def _plain(value: Any) -> Any:
    """A field's value as JSON holds it, the same for the same value."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if hasattr(value, "isoformat") else value
