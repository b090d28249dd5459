"""Takes a whole plan in from a workbook: all of it or nothing, by the way that a city pack's plans go.

A check makes every change and takes all of it back, so that it cannot differ from the real thing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from tsunagari.engines.plan.actions.keep_rows import Keeper
from tsunagari.engines.plan.actions.load_plans import load_packs
from tsunagari.engines.plan.models import Plan
from tsunagari.engines.plan.queries.plan_book import book_of, names
from tsunagari.engines.plan.rules.pack import PackPlan, PackRefused
from tsunagari.engines.plan.rules.plan_book import PLAN, VALUE, Book
from tsunagari.engines.plan.rules.plan_book_changes import BookChanges, changes_between
from tsunagari.engines.plan.rules.plan_book_faults import BookFault, BookRefused
from tsunagari.engines.plan.rules.plan_book_nodes import BookNodes
from tsunagari.engines.plan.rules.plan_book_reading import BookAsRead, read_book
from tsunagari.engines.plan.rules.plan_file import read_nodes
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.workbook import SheetAsRead


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did: the plan's code and name, whether it is new here, what changed, what of the file
    does not stand (people changed it here, or the database keeps it), and sheets that were left alone."""

    code: str
    name: str
    is_new: bool
    changes: BookChanges
    kept: BookChanges
    left: tuple[str, ...]


def import_plan(
    sheets: Sequence[SheetAsRead], *, meters: Collection[str], check: bool, clock: Clock
) -> Imported:
    """Bring the tables to the plan that the sheets hold; a second time changes nothing. What people changed
    in the console since the last import stands, as with a city pack. With `check` nothing stays written.

    Raises BookRefused with what is wrong; then nothing has changed.
    """
    now = clock()
    running = FiscalYear.at(now)
    called = names(running=running)
    read = read_book(sheets, names=called)
    nodes = BookNodes(read)
    try:
        pack = read_nodes(
            nodes.root(),
            file="",
            divisions=called["divisions"].words,
            meters=meters,
            running=running.year,
        )
        _refuse_letter(pack, read)
        return _take_in(pack, read, keeper=_keeper(read, now), check=check)
    except PackRefused as refused:
        raise BookRefused([nodes.fault(problem) for problem in refused.problems]) from refused


@transaction.atomic
def _take_in(pack: PackPlan, read: BookAsRead, *, keeper: Keeper, check: bool) -> Imported:
    before = book_of(pack.code)
    load_packs([pack], keeper=keeper)
    after = book_of(pack.code) or {}
    if check:
        transaction.set_rollback(True)
    return Imported(
        code=pack.code,
        name=pack.name.ja,
        is_new=before is None,
        changes=changes_between(before or {}, after),
        kept=changes_between(_sourced(read.book, pack.source.ja), _sourced(after, pack.source.ja)),
        left=read.left,
    )


def _sourced(book: Book, source: str) -> Book:
    """The rows with values whose source is the plan's own left without one, as they are written out."""
    values = [
        replace(row, cells={**row.cells, "source": ""}) if row.cells["source"] == source else row
        for row in book[VALUE.kind]
    ]
    return {**book, VALUE.kind: values}


def _keeper(read: BookAsRead, now: datetime) -> Keeper:
    """A workbook that was filled by hand tells nothing of what stood here when it was written."""
    plan = read.book[PLAN.kind][0]
    text = plan.cells["written_at"]
    try:
        since = datetime.fromisoformat(text) if text else None
    except ValueError:
        since = None
    if text and (since is None or since.tzinfo is None):
        says = gettext("書き出した日時が読めません。書き出したままに戻すか、空にしてください。")
        place = read.place(PLAN.kind, plan, "written_at")
        raise BookRefused([BookFault(place=place, says=says)])
    return Keeper(now=now, since=since)


def _refuse_letter(pack: PackPlan, read: BookAsRead) -> None:
    other = Plan.objects.filter(letter=pack.letter).exclude(code=pack.code).first()
    if other:
        says = gettext(
            "「%(letter)s」は、計画「%(plan)s」の引用の文字です。ほかの文字にしてください。"
        ) % {"letter": pack.letter, "plan": other.name}
        place = read.place(PLAN.kind, read.book[PLAN.kind][0], "letter")
        raise BookRefused([BookFault(place=place, says=says)])
