"""Build the entries of a source anew."""

from collections.abc import Iterable, Iterator

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.search.actions.put import Refused, put
from tsunagari.kernel.search.actions.remove import remove
from tsunagari.kernel.search.declare import Entry, Source
from tsunagari.kernel.search.models import Building, Document

Name = tuple[str, str, str]


def rebuild(source: Source, *, clock: Clock) -> int:
    """Put in all that the source has and take out what it has no more; gives how many entries changed.

    People search meanwhile: each entry changes by itself. Safe to run twice, and to break off: the next
    run goes on. Raises Refused for an entry whose kind does not begin with the source's id.
    """
    seen: set[Name] = set()
    changed = put(_watched(source, seen))
    changed += _remove_unseen(source, seen)
    Building.objects.update_or_create(source=source.id, defaults={"rebuilt_at": clock()})
    return changed


def _watched(source: Source, seen: set[Name]) -> Iterator[Entry]:
    for entry in source.entries():
        if not entry.kind.startswith(f"{source.id}."):
            raise Refused(
                f"search: source {source.id!r} gave an entry of kind {entry.kind!r}; its kinds begin with {source.id + '.'!r}."
            )
        seen.add((entry.kind, entry.public_id, entry.language))
        yield entry


def _remove_unseen(source: Source, seen: Iterable[Name]) -> int:
    """Entries that the source gave before and no more, also where only one language of several went."""
    known = set(seen)
    standing = Document.objects.filter(kind__startswith=f"{source.id}.")
    gone = [
        name for name in standing.values_list("kind", "public_id", "language") if name not in known
    ]
    return sum(
        remove(kind=kind, public_ids=[public_id], language=language)
        for kind, public_id, language in gone
    )
