"""Put entries into the index, or their new state over their old one."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from hashlib import blake2b
from itertools import islice

from django.db import transaction

from tsunagari.kernel.search.actions.remove import hold_index, take_out
from tsunagari.kernel.search.declare import Entry
from tsunagari.kernel.search.models import Document, Near, Term
from tsunagari.kernel.search.queries import postings
from tsunagari.kernel.search.rules.folding import fold
from tsunagari.kernel.search.rules.spelling import shortened
from tsunagari.kernel.search.rules.weighing import ALL, Said, sound_of, title_reading, weighed

TOGETHER = 200
"""Entries written in one transaction."""
MOST_WRITINGS = 6
_SCHEME = "2"
"""Changes when entries must be read anew although they are the same."""


class Refused(ValueError):
    """An entry that cannot be put in; the message names it and the mend."""


def put(entries: Iterable[Entry]) -> int:
    """Put entries in; those that stand there as they are stay untouched. Gives how many were written.

    Each batch is one transaction. Raises Refused for an entry without kind, public id, title or address.
    """
    source = iter(entries)
    written = 0
    while batch := list(islice(source, TOGETHER)):
        written += _put_batch(batch)
    return written


@transaction.atomic
def _put_batch(entries: list[Entry]) -> int:
    for entry in entries:
        _check(entry)
    hold_index()
    wanted = {(e.kind, e.public_id, e.language): e for e in entries}
    standing = {
        (d.kind, d.public_id, d.language): d
        for d in Document.objects.filter(public_id__in=[e.public_id for e in entries])
    }
    changed = [
        e for key, e in wanted.items() if key not in standing or standing[key].digest != _digest(e)
    ]
    old = [standing[key] for e in changed if (key := (e.kind, e.public_id, e.language)) in standing]
    take_out(old)
    _write(changed)
    return len(changed)


def _check(entry: Entry) -> None:
    for name in ("kind", "public_id", "title", "address", "language"):
        if not str(getattr(entry, name)).strip():
            raise Refused(
                f"search: an entry of kind {entry.kind!r} ({entry.public_id!r}) has no {name}; give it one."
            )


def _digest(entry: Entry) -> str:
    said = json.dumps([_SCHEME, asdict(entry)], default=str, sort_keys=True).encode()
    return blake2b(said, digest_size=16).hexdigest()


def _write(entries: list[Entry]) -> None:
    said = [weighed(entry) for entry in entries]
    for language in {entry.language for entry in entries}:
        chosen = [pair for pair in zip(entries, said, strict=True) if pair[0].language == language]
        _write_language(language, chosen)


def _write_language(language: str, chosen: Sequence[tuple[Entry, dict[str, Said]]]) -> None:
    terms = _terms(language, [said for _entry, said in chosen])
    documents = Document.objects.bulk_create(
        [_document(e, [terms[k] for k in said]) for e, said in chosen]
    )
    rows = [
        (terms[key], document.pk, int(word.impact))
        for document, (_entry, said) in zip(documents, chosen, strict=True)
        for key, word in said.items()
    ]
    postings.write(rows)
    numbers = Counter(row[0] for row in rows)
    whole = Term.objects.get_or_create(language=language, word=ALL)[0]
    postings.add_numbers([*numbers.items(), (whole.pk, len(documents))])


def _document(entry: Entry, terms: list[int]) -> Document:
    return Document(
        kind=entry.kind,
        public_id=entry.public_id,
        language=entry.language,
        title=_clean(entry.title)[:500],
        address=entry.address[:500],
        summary=_clean(entry.summary),
        body=_clean(entry.body),
        keywords=[_clean(each) for each in entry.keywords],
        reading=title_reading(entry),
        facets={name: list(values) for name, values in entry.facets.items()},
        day=entry.day,
        weight=entry.weight,
        terms=terms,
        digest=_digest(entry),
    )


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _terms(language: str, entries: list[dict[str, Said]]) -> dict[str, int]:
    """The key in the table of every word, new ones put in; what is newly known of old ones is noted."""
    words = _merged(entries)
    standing = _standing(language, list(words))
    new = [_term(language, key, said) for key, said in words.items() if key not in standing]
    made = Term.objects.bulk_create(new, batch_size=2000)
    richer = [term for key, term in standing.items() if _learn(term, words[key])]
    without_near = _without_near(richer)
    newly_told = [term for term in richer if term.pk in without_near]
    Term.objects.bulk_update(richer, ["writings", "told", "reading", "sound"], batch_size=500)
    _note_near([*(term for term in made if term.told), *newly_told])
    return {term.word: term.pk for term in [*standing.values(), *made]}


def _without_near(terms: list[Term]) -> set[int]:
    """Those of which a title or keyword tells, and for which no slip has been noted yet."""
    told = {term.pk for term in terms if term.told}
    return told - set(Near.objects.filter(term_id__in=told).values_list("term_id", flat=True))


def _merged(entries: list[dict[str, Said]]) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for entry in entries:
        for key, said in entry.items():
            kept = found.setdefault(key, Said())
            kept.reading = kept.reading or said.reading
            kept.told = kept.told or said.told
            kept.writings |= said.writings
    return found


def _standing(language: str, keys: list[str]) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for at in range(0, len(keys), 5000):
        rows = Term.objects.filter(language=language, word__in=keys[at : at + 5000])
        found |= {term.word: term for term in rows}
    return found


def _term(language: str, key: str, said: Said) -> Term:
    return Term(
        language=language,
        word=key,
        reading=said.reading[:160],
        sound=sound_of(said, key) if said.writings else "",
        writings=sorted(said.writings)[:MOST_WRITINGS],
        told=said.told,
    )


def _learn(term: Term, said: Said) -> bool:
    """Take over what an entry newly tells of a word; says whether there was something."""
    more = said.writings - set(term.writings)
    room = MOST_WRITINGS - len(term.writings)
    learns = bool((more and room > 0) or (said.told and not term.told))
    if learns:
        term.writings = [*term.writings, *sorted(more)[: max(room, 0)]]
        term.told = term.told or said.told
    return learns


def _note_near(terms: Iterable[Term]) -> None:
    Near.objects.bulk_create(list(_near(terms)), batch_size=2000)


def _near(terms: Iterable[Term]) -> Iterator[Near]:
    for term in terms:
        if term.writings and len(term.word) <= 20:
            for key in shortened(term.sound[:30]) | shortened(fold(term.word)):
                yield Near(key=key, term_id=term.pk)
