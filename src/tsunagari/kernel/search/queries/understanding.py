"""What a question means to this index: each of its words with all the ways in which entries may say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from tsunagari.kernel.i18n.kana import to_hiragana
from tsunagari.kernel.search.declare import By
from tsunagari.kernel.search.models import Near, SynonymWord, Term
from tsunagari.kernel.search.rules.asking import Piece, cuts, pieces, spans
from tsunagari.kernel.search.rules.folding import bigrams, fold, sound
from tsunagari.kernel.search.rules.spelling import distance, is_near, shortened
from tsunagari.kernel.search.rules.weighing import ALL, FACET, KIND, PAIR
from tsunagari.kernel.search.rules.words import Word, joined, words_of

MOST_READINGS = 5


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an entry may say a word: all these terms together. `factor` up to 1."""

    terms: tuple[Term, ...]
    by: By
    shown: str
    factor: float

    @property
    def number(self) -> int:
        """At most so many entries say it so."""
        return min((term.number for term in self.terms), default=0)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the question. A soft one helps but need not be found; a filter has no text."""

    text: str
    ways: tuple[Way, ...]
    hard: bool = True

    @property
    def number(self) -> int:
        """At most so many entries say it in any way."""
        return sum(way.number for way in self.ways)


@dataclass(slots=True)
class Understood:
    """A question's words, the question as it was corrected ("" where it was not), how many entries there are."""

    units: list[Unit]
    corrected: str = ""
    whole: int = 0


@dataclass(slots=True)
class _Book:
    """What the tables know of the words of a question: terms by word, reading and sound, synonyms by key."""

    language: str
    words: dict[str, Term] = field(default_factory=dict)
    readings: dict[str, list[Term]] = field(default_factory=dict)
    sounds: dict[str, list[Term]] = field(default_factory=dict)
    synonyms: dict[str, list[SynonymWord]] = field(default_factory=dict)

    def word(self, key: str) -> Term | None:
        """A word that stands in an entry now."""
        return found if (found := self.words.get(key)) and found.number > 0 else None


def understand(
    text: str,
    *,
    language: str,
    kinds: Sequence[str] = (),
    facets: dict[str, Sequence[str]] | None = None,
    literally: bool = False,
) -> Understood:
    """What the question means; with `literally` no word is taken for a slip. Three to five questions to the database."""
    asked = pieces(text, language)
    filters = [[KIND + kind for kind in kinds]] if kinds else []
    filters += [[f"{FACET}{n}={v}"[:80] for v in values] for n, values in (facets or {}).items()]
    book = _book(asked, language, [key for keys in filters for key in keys])
    units: list[Unit] = []
    swaps: list[tuple[str, str]] = []
    for piece in asked:
        units += _units(piece, book, [] if literally else swaps, literally=literally)
    corrected = text
    for wrong, right in swaps:
        corrected = fold(corrected).replace(wrong, right)
    units += [_filter(keys, book) for keys in filters]
    whole = book.words.get(ALL)
    return Understood(units, corrected if swaps else "", whole.number if whole else 0)


def _book(asked: list[Piece], language: str, filters: list[str]) -> _Book:
    book = _Book(language)
    keys, readings = {ALL, *filters}, set[str]()
    for piece in asked:
        for begin, end in spans(piece.words):
            word = joined(list(piece.words[begin:end]))
            keys.add(word.key)
            readings |= {word.reading}
        keys |= {part.key for word in piece.words for part in word.parts}
        keys |= {PAIR + pair for word in piece.words for pair in bigrams(word.surface)}
        readings |= _stretches(piece.kana)
        keys |= _stretches(piece.kana) | {fold(piece.text)}
    groups = SynonymWord.objects.filter(key__in=keys | readings, group__language=language)
    synonyms = list(SynonymWord.objects.filter(group_id__in=groups.values("group_id")))
    for each in synonyms:
        keys |= {each.key, *each.terms}
        groups_of_key = {other.group_id for other in synonyms if other.key == each.key}
        book.synonyms[each.key] = [s for s in synonyms if s.group_id in groups_of_key]
    readings.discard("")
    sounds = {sound(reading) for reading in readings if len(reading) > 2} - {""}
    _read_terms(book, keys, readings, sounds)
    return book


def _stretches(kana: str) -> set[str]:
    size = min(len(kana), 24)
    return {kana[a:b] for a in range(size) for b in range(a + 2, min(a + 16, size) + 1)}


def _read_terms(book: _Book, keys: set[str], readings: set[str], sounds: set[str]) -> None:
    wanted = Q(word__in=keys) | Q(reading__in=readings) | Q(sound__in=sounds)
    for term in Term.objects.filter(wanted, language=book.language).defer("language"):
        book.words[term.word] = term
        if term.number > 0:
            book.readings.setdefault(term.reading, []).append(term)
            book.sounds.setdefault(term.sound, []).append(term)
    for found in (*book.readings.values(), *book.sounds.values()):
        found.sort(key=lambda term: (not term.told, -term.number))


def _filter(keys: list[str], book: _Book) -> Unit:
    return Unit("", tuple(Way((term,), "written", "", 0.0) for k in keys if (term := book.word(k))))


def _units(
    piece: Piece, book: _Book, swaps: list[tuple[str, str]], *, literally: bool
) -> list[Unit]:
    if piece.kana and (found := _kana_units(piece, book, swaps, literally=literally)):
        return found
    if not literally and len(piece.words) > 1 and (unit := _homophone(piece, book, swaps)):
        return [unit]
    return _chain_units(piece, book, swaps, literally=literally)


def _homophone(piece: Piece, book: _Book, swaps: list[tuple[str, str]]) -> Unit | None:
    """A chain that no entry knows, said like one that titles name: 住民表 for 住民票."""
    whole = joined(list(piece.words))
    if book.word(whole.key) or whole.key in book.synonyms:
        return None
    alike = [
        term for term in book.readings.get(whole.reading, ()) if term.told and len(term.word) > 1
    ]
    if not alike:
        return None
    swaps.append((piece.text, alike[0].writings[0]))
    ways = [Way((term,), "corrected", term.writings[0], 1.0) for term in alike[:2]]
    split = _split_way(piece.words, book, "written", piece.text, 0.4)
    return Unit(piece.text, (*ways, *split), piece.hard)


def _chain_units(
    piece: Piece, book: _Book, swaps: list[tuple[str, str]], *, literally: bool
) -> list[Unit]:
    """The chain cut into the longest stretches that entries or synonyms know."""
    units: list[Unit] = []
    rest = list(piece.words)
    while rest:
        size = next((n for n in range(len(rest), 1, -1) if _knows(joined(rest[:n]).key, book)), 1)
        units.append(
            _unit(rest[:size], piece, book, [] if literally else swaps, literally=literally)
        )
        rest = rest[size:]
    return units


def _knows(key: str, book: _Book) -> bool:
    return book.word(key) is not None or key in book.synonyms


def _unit(
    words: list[Word], piece: Piece, book: _Book, swaps: list[tuple[str, str]], *, literally: bool
) -> Unit:
    word = joined(words)
    ways: list[Way] = []
    if term := book.word(word.key):
        ways.append(_as_written(word.surface, term))
    ways += _split_way(words, book, "written", word.surface, 0.6 if ways else 1.0)
    ways += _synonyms(word.key, book)
    if not ways and not literally:
        ways = _by_reading(word.reading, book, 0.9) or _by_slip(word, book, swaps)
    if not ways:
        ways = _by_letters(word, book)
    return Unit(word.surface, tuple(_once(ways)), piece.hard)


def _as_written(surface: str, term: Term) -> Way:
    by: By = "written" if fold(surface) in term.writings or not term.writings else "other_writing"
    return Way((term,), by, surface if by == "written" else term.writings[0], 1.0)


def _split_way(words: Iterable[Word], book: _Book, by: By, shown: str, factor: float) -> list[Way]:
    """The words of a chain, or the parts of one long word, all together."""
    several = list(words)
    if len(several) == 1:
        several = list(several[0].parts)
    terms = [book.word(word.key) for word in several]
    known = tuple(term for term in terms if term is not None)
    if len(several) < 2 or len(known) < len(several):
        return []
    return [Way(known, by, shown, factor)]


def _synonyms(key: str, book: _Book) -> list[Way]:
    found: list[Way] = []
    for each in book.synonyms.get(key, ()):
        if each.key == key:
            continue
        if term := book.word(each.key):
            found.append(Way((term,), "synonym", each.text, 0.8))
        terms = tuple(term for key_of in each.terms if (term := book.word(key_of)))
        if len(terms) > 1 and len(terms) == len(each.terms):
            found.append(Way(terms, "synonym", each.text, 0.6))
    return found


def _by_reading(reading: str, book: _Book, factor: float) -> list[Way]:
    alike = book.readings.get(reading) or (
        book.sounds.get(sound(reading), []) if len(reading) > 2 else []
    )
    return [
        Way((term,), "reading", term.writings[0], factor)
        for term in alike[:MOST_READINGS]
        if term.writings
    ]


def _by_slip(word: Word, book: _Book, swaps: list[tuple[str, str]]) -> list[Way]:
    """Words that are one or two letters away, in how they sound or are written."""
    said, written = sound(word.reading or word.key), fold(word.surface)
    keys = shortened(said[:30]) | shortened(written)
    near = Near.objects.filter(key__in=keys).values_list("term_id", flat=True)[:400]
    close: list[tuple[int, bool, int, Term]] = []
    for term in Term.objects.filter(pk__in=near, language=book.language, number__gt=0):
        pairs = [(said, term.sound), (written, term.word)]
        if any(min(map(len, pair)) > 2 and is_near(*pair) for pair in pairs):
            close.append((min(distance(*p) for p in pairs), not term.told, -term.number, term))
    close.sort(key=lambda found: (*found[:3], found[3].pk))
    if not close:
        return []
    least = close[0][0]
    terms = [each[3] for each in close if each[0] == least][:2]
    swaps.append((written, terms[0].writings[0]))
    return [Way((term,), "corrected", term.writings[0], 0.8) for term in terms]


def _by_letters(word: Word, book: _Book) -> list[Way]:
    """A word that nobody knows, by its pairs of letters in titles."""
    pairs = sorted(bigrams(fold(word.surface)))
    terms = tuple(term for pair in pairs if (term := book.word(PAIR + pair)))
    return [Way(terms, "written", word.surface, 1.0)] if pairs and len(terms) == len(pairs) else []


def _kana_units(
    piece: Piece, book: _Book, swaps: list[tuple[str, str]], *, literally: bool
) -> list[Unit]:
    """A piece in kana, cut into readings that entries know; [] where it is better read word by word."""
    written = book.word(fold(piece.text)) if piece.text != piece.kana else None
    if written and not any(piece.kana in known for known in (book.readings, book.words)):
        return []
    if piece.text != piece.kana and _is_a_sentence(piece, book):
        return []
    known = {r for r in _stretches(piece.kana) if _reads(r, book)}
    named = {to_hiragana(word.surface): word.key for word in piece.words if book.word(word.key)}
    known |= {kana for kana in named if len(kana) > 1}
    units = []
    for part in cuts(piece.kana, known):
        word = Word(part, part, part, 0, len(part), noun=True)
        unit = _kana_unit(
            word, book, swaps, named.get(part, ""), known=part in known, literally=literally
        )
        if unit.ways or len(part) > 1:
            units.append(Unit(unit.text, unit.ways, piece.hard))
    if any(not unit.ways for unit in units):
        whole = Word(piece.kana, piece.text, piece.kana, 0, len(piece.text), noun=True)
        slip = [] if literally else _by_slip(whole, book, swaps)
        return (
            [Unit(piece.text, tuple(slip), piece.hard)]
            if slip
            else _chain_units(piece, book, swaps, literally=literally) or units
        )
    return units


def _is_a_sentence(piece: Piece, book: _Book) -> bool:
    """Whether katakana tells where its words are (ヘルプマークがほしい), and entries know all of them."""
    telling = sum(len(word.surface) for word in piece.words)
    several = len(piece.words) > 1 or 0 < telling < len(piece.text)
    return several and all(book.word(word.key) for word in piece.words)


def _cut_finer(kana: str, book: _Book) -> list[Way]:
    """A name that some entry writes in one (かいごにんてい) is said by others in its words (介護の認定)."""
    if len(kana) <= 4:
        return []
    known = {part for part in _stretches(kana) - {kana} if part in book.readings}
    parts = cuts(kana, known)
    if not 1 < len(parts) <= 3 or not known.issuperset(parts):
        return []
    terms = [max(book.readings[part], key=lambda term: (term.told, term.number)) for part in parts]
    return [Way(tuple(terms), "reading", kana, 0.6)]


def _reads(kana: str, book: _Book) -> bool:
    exact = kana in book.readings or book.word(kana) is not None or kana in book.synonyms
    return exact or (len(kana) > 3 and any(t.told for t in book.sounds.get(sound(kana), ())))


def _kana_unit(
    word: Word,
    book: _Book,
    swaps: list[tuple[str, str]],
    name: str,
    *,
    known: bool,
    literally: bool,
) -> Unit:
    """`name` is the word of the dictionary that is written so (はしか: 麻疹), "" for none."""
    terms = [book.word(key) for key in dict.fromkeys((word.key, name)) if key]
    ways = [_as_written(word.surface, term) for term in terms if term is not None]
    ways += _by_reading(word.reading, book, 0.9)
    ways += _cut_finer(word.reading, book)
    keys = {word.key, *(way.terms[0].word for way in ways[:2])}
    ways += [way for key in sorted(keys) for way in _synonyms(key, book)]
    if not ways and not known and not literally:
        ways = _by_slip(word, book, swaps)
    return Unit(word.surface, tuple(_once(ways)))


def _once(ways: Iterable[Way]) -> list[Way]:
    found: dict[tuple[int, ...], Way] = {}
    for way in ways:
        found.setdefault(tuple(sorted(term.pk for term in way.terms)), way)
    return list(found.values())


def synonym_terms(text: str, language: str) -> tuple[str, list[str]]:
    """How a question names a synonym, and the words of which it consists."""
    words = words_of(fold(text), language)
    return (joined(words).key, [word.key for word in words]) if words else (fold(text), [])
