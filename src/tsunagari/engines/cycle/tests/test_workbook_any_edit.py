"""Whatever stands in the sheets and whatever a clerk writes into her file: it comes back as it was, and as shown."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.fields import FIELDS, NAMED, Field
from tsunagari.engines.cycle.rules.sheet_values import as_kept, shown_as
from tsunagari.engines.cycle.tests.workbooks import (
    Key,
    Open,
    grid,
    loaded,
    previewed,
    written,
    year_in_check,
)
from tsunagari.engines.cycle.tests.years import sheet_of, write

NUMBERS = ("6", "10")
EXAMPLES = 8
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
ODD = st.sampled_from(
    ("=1+1", "'abc", "007", "2026/4/1", "1-2", "髙﨑𠮷野家", "①㈱～", "a\tb", "　字下げ", "_x000D_", "A, B\nC", "-5", "TRUE", "#REF!", "100%")
)  # fmt: skip


@pytest.fixture(scope="module")
def cycle(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cycle]:
    """A year in its check, loaded once."""
    with year_in_check(django_db_blocker) as found:
        yield found


def texts_for(field: Field) -> st.SearchStrategy[str]:
    """What may stand in a field."""
    if field.kind == "choice":
        return st.sampled_from(("", *(field.choices or {})))
    if field.kind == "yen":
        return st.one_of(st.just(""), st.integers(0, 10**12).map(str))
    if field.kind == "staff":
        return st.one_of(
            st.just(""), st.decimals(0, 999, places=2, allow_nan=False).map(lambda d: f"{d:f}")
        )
    words = st.text(LETTERS, max_size=30)
    if field.kind != "line":
        words = st.one_of(words, st.lists(words, max_size=3).map("\n".join))
    return st.one_of(words, ODD)


OPEN = [each for each in FIELDS if not each.beforehand]
"""What can be written while the year is checked."""
FILLED = st.fixed_dictionaries({}, optional={each.name: texts_for(each) for each in OPEN})
BOTH = st.fixed_dictionaries(dict.fromkeys(NUMBERS, FILLED))


def fill(book: Open, cycle: Cycle, edits: dict[str, dict[str, str]]) -> dict[Key, str]:
    """Write edits into a file as a clerk types them; what each cell then says, where it says something new."""
    cells, new = book.cells(), {}
    for number, texts in edits.items():
        public_id = sheet_of(cycle, number).public_id
        for key, text in texts.items():
            cell = cells[public_id, key]
            before = as_kept(key, "" if cell.value is None else str(cell.value))
            shown = shown_as(key, text)
            cell.value = shown or None
            cell.data_type = "s" if shown else "n"
            if as_kept(key, shown) != before:
                new[public_id, key] = as_kept(key, shown)
    return new


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
@given(BOTH)
def test_out_in_and_out_again_is_the_same_workbook_cell_by_cell(
    cycle: Cycle, held: dict[str, dict[str, str]]
) -> None:
    with transaction.atomic():
        for number, texts in held.items():
            write(sheet_of(cycle, number), **texts)  # type: ignore[arg-type]  # fields' names alone
        first = written(cycle)
        assert loaded(Open.of(first).saved(), cycle).changes == ()
        assert grid(written(cycle)) == grid(first)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
@given(BOTH, BOTH)
def test_a_preview_shows_exactly_the_edits_and_after_consent_the_next_file_holds_them(
    cycle: Cycle, held: dict[str, dict[str, str]], edits: dict[str, dict[str, str]]
) -> None:
    with transaction.atomic():
        for number, texts in held.items():
            write(sheet_of(cycle, number), **texts)  # type: ignore[arg-type]  # fields' names alone
        book = Open.of(written(cycle))
        new = fill(book, cycle, edits)
        data = book.saved()
        outcome = previewed(data, cycle)
        assert (outcome.conflicts, outcome.faults) == ((), ())
        assert {(each.sheet, each.key): each.after for each in outcome.changes} == new
        loaded(data, cycle)
        cells = Open.of(written(cycle)).cells()
        for place, text in new.items():
            assert as_kept(place[1], str(cells[place].value or "" if cells[place].value != 0 else "0")) == text  # fmt: skip
        assert previewed(data, cycle).changes == ()
        transaction.set_rollback(True)


@given(st.sampled_from(FIELDS), st.data())
def test_what_a_cell_shows_is_kept_as_it_was(field: Field, data: st.DataObject) -> None:
    kept = as_kept(field.name, data.draw(texts_for(field)))
    assert as_kept(field.name, shown_as(field.name, kept)) == kept
    assert field is NAMED.by_name[field.name]
