"""The city's divisions as one fiscal year sees them: what they are called, and who does whose work."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from tsunagari.kernel.i18n.days import FiscalYear


class Term(NamedTuple):
    """A division's name from a fiscal year to another, both included; None where it still bears it."""

    code: str
    first_year: int
    last_year: int | None
    name: str
    name_en: str

    def called(self, language: str) -> str:
        """The name in "ja" or "en"."""
        return (self.name_en or self.name) if language == "en" else self.name

    def years_from(self, year: FiscalYear) -> int:
        """How far `year` lies outside; 0 for inside."""
        over = year.year - self.last_year if self.last_year is not None else 0
        return max(self.first_year - year.year, over, 0)


@dataclass(frozen=True, kw_only=True)
class DivisionBook:
    """Names that divisions bear in any year, in the city's order, and the steps by which work went over from
    one to another until `year`, as codes before and after, the oldest first."""

    year: FiscalYear
    terms: tuple[Term, ...]
    successions: tuple[tuple[str, str], ...]

    def seen_from(self, year: FiscalYear) -> "DivisionBook":
        """The same book, read for the names of another year. Who does a division's work is told only up to the
        year for which the book was made."""
        return replace(self, year=year)

    def names(self, codes: Iterable[str], language: str) -> dict[str, str]:
        """By code, the division's name in the year, in "ja" or "en".

        Where a division did not exist in that year, the name it bore nearest to it; a code that nobody
        knows stands for itself, so that a page never shows an empty cell.
        """
        nearest: dict[str, Term] = {}
        for term in self.terms:
            known = nearest.get(term.code)
            if known is None or term.years_from(self.year) < known.years_from(self.year):
                nearest[term.code] = term
        return {
            code: nearest[code].called(language) if code in nearest else code
            for code in dict.fromkeys(codes)
        }

    def heirs(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """By code, the codes of the divisions that do its work in the year: itself if it still is, or if
        nobody took over."""
        living = {term.code for term in self._living()}
        return {code: tuple(sorted(line & living)) or (code,) for code, line in self._lines(codes)}

    def names_of_heirs(self, codes: Iterable[str], language: str) -> dict[str, tuple[str, ...]]:
        """By code, the names of the divisions that do its work in the year, in the city's order; () for none."""
        living = [(term.code, term.called(language)) for term in self._living()]
        return {
            code: tuple(name for heir, name in living if heir in line)
            for code, line in self._lines(codes)
        }

    def _living(self) -> list[Term]:
        return [term for term in self.terms if term.years_from(self.year) == 0]

    def _lines(self, codes: Iterable[str]) -> list[tuple[str, set[str]]]:
        """Each code with itself and every division that took over its work, living or not."""
        lines = [(code, {code}) for code in dict.fromkeys(codes)]
        for before, after in self.successions:
            for _, line in lines:
                if before in line:
                    line.add(after)
        return lines
