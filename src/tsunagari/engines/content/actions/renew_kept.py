"""Renew kept answers: exactly those pages are drawn anew in which something of a page changed."""

from collections.abc import Iterable

from tsunagari.engines.content.models import Published
from tsunagari.engines.content.rules.kept_names import (
    changed_name,
    changed_names,
    label_name,
)
from tsunagari.kernel.edge.api import purge

Labels = frozenset[tuple[str, str]]


def renew_kept(
    before: Published | None,
    now: Published | None,
    *,
    labels_before: Iterable[tuple[str, str]] = (),
    labels_now: Iterable[tuple[str, str]] = (),
) -> None:
    """Purge what was made of a page as it stood before, and of the lists that it enters, leaves or stands in."""
    names = set(changed_names(before, now))
    was, is_now = set(labels_before), set(labels_now)
    told = len(names) > 1
    language = (now or before).language if now or before else ""  # type: ignore[union-attr]  # one is there
    for sort, code in (was | is_now) if told else (was ^ is_now):
        names.add(label_name(sort, code, language))
    names |= {changed_name(each.language) for each in (before, now) if each is not None}
    if names:
        purge(sorted(names))
