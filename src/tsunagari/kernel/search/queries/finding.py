"""Entries that say what a question asks, the best first. What it costs is bounded: the rarest word leads,
of a common one only the entries in which it says most are looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import inf, log

from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.search.declare import Found, Hit
from tsunagari.kernel.search.models import Document
from tsunagari.kernel.search.queries import postings
from tsunagari.kernel.search.queries.understanding import Understood, Unit, Way, understand
from tsunagari.kernel.search.rules.folding import fold
from tsunagari.kernel.search.rules.marking import Sought, marked

LEADING = 1500
"""Entries of the leading word that are all looked at; of a commoner word only the best."""
COMMON = 500
"""Entries looked at of each common word."""
WALK = 8000
"""How far two common words are followed when their best entries have too little in common."""
ENOUGH = 20
FEW = 3
"""Where fewer entries say all words, those that say most of them follow."""
NEAR = 200
"""Entries looked at of each word for that."""
RANKED = 60
"""How many of the best are laid beside the question once more, with their titles."""
MOST_PAGES = 10

Impacts = dict[int, dict[int, int]]
"""By entry, by term: what it says there."""


Head = tuple[str, str, date | None, Mapping[str, Sequence[str]]]
"""An entry's kind, title, day and facets."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with what it is worth, and the way in which it says each word. `behind`: it follows those that say all."""

    document: int
    score: float
    ways: tuple[Way | None, ...]
    behind: bool = False


def find(
    text: str,
    *,
    language: str,
    facets: Mapping[str, Sequence[str]] | None = None,
    kinds: Sequence[str] | None = None,
    page: int = 1,
    size: int = 20,
    at: datetime,
    literally: bool = False,
) -> Found:
    """See api.find."""
    asked = understand(
        text, language=language, kinds=kinds or (), facets=dict(facets or {}), literally=literally
    )
    scored, capped = _together(asked.units, asked.whole)
    dropped: list[str] = []
    if len(scored) < FEW:
        nearly = _nearly(asked.units, asked.whole, {each.document for each in scored})
        dropped = [] if scored else _left_out(asked.units, nearly)
        scored += _following(nearly, asked.units, behind=bool(scored))
    if not any(unit.text for unit in asked.units):
        scored = []
    return _found(text, asked, scored, capped=capped, dropped=dropped, page=page, size=size, at=at)


def _nearly(units: list[Unit], whole: int, complete: set[int]) -> list[Scored]:
    """The entries beside the complete ones that say most of the words; filters are never left out.

    Of two or of more words one alone is an answer only where no entry says several: the most telling one is.
    """
    words = [unit for unit in units if unit.text and unit.hard and unit.number]
    if not words or (complete and len(words) == 1):
        return []
    soft = [replace(unit, hard=unit.hard and not unit.text) for unit in units]
    rows = postings.best(_leading_terms(words), NEAR)
    found = [e for e in _scored(soft, _impacts(rows), rows, whole) if e.document not in complete]
    said = {each.document: _said(each, units) for each in found}
    most = max(said.values(), default=0)
    if most > 1:
        found = [each for each in found if said[each.document] == most]
    elif complete:
        return []
    else:
        least = min(range(len(units)), key=lambda at: _telling(units[at]))
        found = [each for each in found if each.ways[least] is not None]
    return sorted(found, key=lambda each: (-each.score, each.document))


def _telling(unit: Unit) -> float:
    """In how few entries a word stands; a filter, and a word that nobody says, tell nothing."""
    return unit.number if unit.text and unit.hard and unit.number else inf


def _following(nearly: list[Scored], units: list[Unit], *, behind: bool) -> list[Scored]:
    """Behind entries that say all words those that say more than half of them; where there are none, these are the answer."""
    words = sum(1 for unit in units if unit.text and unit.hard)
    return [
        replace(each, behind=behind)
        for each in nearly
        if not behind or 2 * _said(each, units) > words
    ]


def _said(entry: Scored, units: list[Unit]) -> int:
    """How many of the words that tell something an entry says."""
    return sum(
        1
        for unit, way in zip(units, entry.ways, strict=True)
        if unit.text and unit.hard and way is not None
    )


def _left_out(units: list[Unit], nearly: list[Scored]) -> list[str]:
    """The words that the best of these entries does not say."""
    if not nearly:
        return []
    told = zip(units, nearly[0].ways, strict=True)
    return [unit.text for unit, way in told if unit.text and unit.hard and way is None]


def _together(units: list[Unit], whole: int) -> tuple[list[Scored], bool]:
    """The entries that say every hard word, the best first, and whether there may be more."""
    hard = sorted((unit for unit in units if unit.hard), key=lambda unit: unit.number)
    if not hard or not hard[0].number:
        return [], False
    leader = hard[0]
    bounded = leader.number > LEADING
    if not bounded:
        rows = postings.best(_leading_terms([leader]), LEADING)
    else:
        rows = postings.best(_leading_terms(hard), COMMON)
    impacts = _impacts(rows)
    scored = _scored(units, impacts, rows, whole)
    if bounded and len(scored) < ENOUGH and len(hard) > 1:
        scored = _walked(units, hard, whole) or scored
    alone = bounded and len(hard) == 1
    return sorted(scored, key=lambda each: (-each.score, each.document)), bounded or alone


def _walked(units: list[Unit], hard: list[Unit], whole: int) -> list[Scored]:
    """Two common words that are seldom together: follow the rarer one further down."""
    one, other = _leading_terms(hard[:1])[0], _leading_terms(hard[1:2])[0]
    documents = postings.both(one, other, walk=WALK, limit=COMMON)
    return _scored(units, {document: {} for document in documents}, [], whole)


def _leading_terms(units: Iterable[Unit]) -> list[int]:
    """Of each way its rarest word."""
    return [
        min(way.terms, key=lambda term: term.number).pk
        for unit in units
        for way in sorted(unit.ways, key=lambda way: -way.factor)[:6]
        if way.number
    ]


def _impacts(rows: Iterable[postings.Row]) -> Impacts:
    found: Impacts = {}
    for term, document, impact in rows:
        found.setdefault(document, {})[term] = impact
    return found


def _scored(
    units: list[Unit], impacts: Impacts, rows: Sequence[postings.Row], whole: int
) -> list[Scored]:
    """Lay the other words beside the entries, and keep those that say all hard ones."""
    fully_read = _fully_read(units, rows)
    numbers = {t.pk: t.number for unit in units for way in unit.ways for t in way.terms}
    missing = [term for term in numbers if term not in fully_read]
    for term, document, impact in _rest(missing, numbers, impacts):
        if document in impacts:
            impacts[document][term] = impact
    tells = {term: log(1 + max(whole, 1) / max(number, 1)) for term, number in numbers.items()}
    found = (_score(document, said, units, tells) for document, said in impacts.items())
    return [each for each in found if each is not None]


def _fully_read(units: list[Unit], rows: Sequence[postings.Row]) -> set[int]:
    read: dict[int, int] = {}
    for term, _document, _impact in rows:
        read[term] = read.get(term, 0) + 1
    numbers = {t.pk: t.number for unit in units for way in unit.ways for t in way.terms}
    return {term for term, number in read.items() if number >= numbers.get(term, 0)}


def _rest(missing: list[int], numbers: dict[int, int], impacts: Impacts) -> list[postings.Row]:
    """A rare word is read whole, a common one asked for these entries alone: whichever is less."""
    documents = sorted(impacts)
    rare = [term for term in missing if numbers[term] <= len(documents)]
    common = [term for term in missing if numbers[term] > len(documents)]
    return [*postings.best(rare, LEADING), *postings.held(common, documents)]


def _score(
    document: int, said: dict[int, int], units: list[Unit], tells: dict[int, float]
) -> Scored | None:
    score = 0.0
    ways: list[Way | None] = []
    for unit in units:
        best, worth = None, 0.0
        for way in unit.ways:
            much = 0.0
            for term in way.terms:
                impact = said.get(term.pk)
                if impact is None:
                    break
                much += impact * tells[term.pk]
            else:
                much = way.factor * much / len(way.terms)
                if best is None or much > worth:
                    best, worth = way, much
        if best is None and unit.hard:
            return None
        ways.append(best)
        score += worth if unit.hard else worth / 2
    return Scored(document, score, tuple(ways))


def _found(
    text: str,
    asked: Understood,
    scored: list[Scored],
    *,
    capped: bool,
    dropped: list[str],
    page: int,
    size: int,
    at: datetime,
) -> Found:
    heads = _heads(scored[: size * MOST_PAGES])
    ranked = _ranked(text, scored, heads, at)
    begin = (max(page, 1) - 1) * size
    chosen = ranked[begin : begin + size] if page <= MOST_PAGES else []
    documents = Document.objects.in_bulk([each.document for each in chosen])
    hits = [_hit(documents[e.document], e, asked) for e in chosen if e.document in documents]
    used = {
        (unit.text, way.shown)
        for each in chosen
        for unit, way in zip(asked.units, each.ways, strict=True)
        if way is not None and way.by == "synonym" and unit.text
    }
    return Found(
        hits=tuple(hits),
        number=len(ranked),
        capped=capped,
        corrected=asked.corrected,
        synonyms=tuple(sorted(used)),
        dropped=tuple(dropped),
        kinds=_kinds(heads),
        facets=_facets(heads),
    )


def _heads(scored: list[Scored]) -> dict[int, Head]:
    rows = Document.objects.filter(pk__in=[each.document for each in scored])
    return {row[0]: row[1:] for row in rows.values_list("pk", "kind", "title", "day", "facets")}


def _kinds(heads: dict[int, Head]) -> tuple[tuple[str, int], ...]:
    kinds: dict[str, int] = {}
    for kind, *_rest in heads.values():
        kinds[kind] = kinds.get(kind, 0) + 1
    return tuple(sorted(kinds.items(), key=lambda held: (-held[1], held[0])))


def _facets(heads: dict[int, Head]) -> tuple[tuple[str, str, int], ...]:
    counts: dict[tuple[str, str], int] = {}
    for *_rest, facets in heads.values():
        for held in ((name, value) for name, values in facets.items() for value in values):
            counts[held] = counts.get(held, 0) + 1
    best = sorted(counts.items(), key=lambda held: (held[0][0], -held[1], held[0][1]))
    return tuple((name, value, number) for (name, value), number in best)


def _ranked(text: str, scored: list[Scored], heads: dict[int, Head], at: datetime) -> list[Scored]:
    """The best once more, with their titles: the question itself in a title counts, newness a little."""
    best = scored[:RANKED]
    whole = "".join(fold(text).split())
    today = japan_day(at)

    def order(each: Scored) -> tuple[bool, float, int]:
        _kind, title, day, _facets = heads.get(each.document, ("", "", None, {}))
        plain = "".join(fold(title).split())
        phrase = 2.0 if plain == whole else 1.3 if len(whole) > 1 and whole in plain else 1.0
        age = (today - day).days if day else 3650
        worth = each.score * phrase * (1 + 0.03 / (1 + max(age, 0) / 180))
        return (each.behind, -worth, each.document)

    return [*sorted(best, key=order), *scored[RANKED:]]


def _hit(document: Document, scored: Scored, asked: Understood) -> Hit:
    sought = [
        Sought(
            text=unit.text,
            by=way.by,
            writings=tuple({w for term in way.terms for w in term.writings} | {fold(way.shown)}),
            shown=way.shown,
        )
        for unit, way in zip(asked.units, scored.ways, strict=True)
        if way is not None and unit.text
    ]
    found = marked(document.title, document.summary, document.body, sought)
    return Hit(
        kind=document.kind,
        public_id=document.public_id,
        title=document.title,
        address=document.address,
        day=document.day,
        facets={name: tuple(values) for name, values in document.facets.items()},
        excerpt=found.excerpt,
        matches=found.matches,
        title_marks=found.title_marks,
        excerpt_marks=found.excerpt_marks,
    )
