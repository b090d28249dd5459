"""`tsunagari plan template|import`: a plan that a city has in a spreadsheet comes in as a workbook."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override

from tsunagari.engines.plan.actions.import_plan import Imported, import_plan
from tsunagari.engines.plan.forms.plan_book import plan_workbook
from tsunagari.engines.plan.queries.plan_book import book_of, names
from tsunagari.engines.plan.rules.plan_book import LARGEST, PLAN, SHEETS
from tsunagari.engines.plan.rules.plan_book_changes import BookChanges
from tsunagari.engines.plan.rules.plan_book_faults import BookRefused
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import TableRefused
from tsunagari.kernel.i18n.workbook import read_sheets
from tsunagari.kernel.metering import api as metering

LANGUAGES: Final = ("ja", "en")
"""An operator reads everything in Japanese and, below it, in English."""

MOST_TOLD: Final = 200
"""Changes that are listed one by one; the rest is counted."""


class Command(BaseCommand):
    """Writes the workbook of a plan, empty or filled, and takes one in."""

    help = "template: the workbook of a plan, empty or (--code) filled from the plan that stands here. import: take a filled workbook in, whole or not at all; --check only says what it would do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs, each with its own words."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        template = verbs.add_parser("template", help="write the workbook to be filled in")
        template.add_argument(
            "--output", type=Path, help="where to (without it: CODE.xlsx or plan.xlsx here)"
        )
        template.add_argument("--code", default="", help="the plan with which to fill it")
        read = verbs.add_parser("import", help="take a filled workbook in")
        read.add_argument("file", type=Path)
        read.add_argument(
            "--check", action="store_true", help="say what would happen; write nothing"
        )

    def handle(
        self,
        *,
        verb: str,
        file: Path | None = None,
        output: Path | None = None,
        code: str = "",
        check: bool = False,
        **_options: Any,
    ) -> None:
        """Do what the verb says."""
        if verb == "template":
            self._template(output or Path(f"{code or 'plan'}.xlsx"), code)
        elif file is not None:
            self._import(file, check=check)

    def _template(self, output: Path, code: str) -> None:
        now = system_clock()
        book = book_of(code, written_at=now) if code else None
        if code and book is None:
            raise CommandError(
                in_both(lambda: gettext("「%(code)s」という計画はありません。") % {"code": code})
            )
        first_year = int(book[PLAN.kind][0].cells["first_year"]) if book else None
        called = names(running=FiscalYear.at(now), first_year=first_year)
        with override("ja"):
            data = plan_workbook(book, names=called)
        try:
            output.write_bytes(data)
        except OSError as fault:
            raise CommandError(f"{output}: {fault.strerror}") from fault
        self.stdout.write(
            in_both(lambda: gettext("✓ %(file)s を書き出しました。") % {"file": output})
        )

    def _import(self, file: Path, *, check: bool) -> None:
        data = _read(file)
        done, faults = _attempt(data, "ja", check=check)
        if done is None:
            # The same once more for the other language: nothing was written, and nothing will be.
            other = _attempt(data, "en", check=True)[1]
            raise CommandError(_refusal(file, faults, other))
        self.stdout.write(in_both(lambda: "\n".join(_told(done, check=check))))


def in_both(say: Callable[[], str]) -> str:
    """A sentence in Japanese and, below it and set in, in English."""
    spoken = []
    for language in LANGUAGES:
        with override(language):
            spoken.append(say())
    return _below(*spoken)


def _below(japanese: str, english: str) -> str:
    """Line by line where both have as many lines."""
    pairs = list(zip(japanese.split("\n"), english.split("\n"), strict=False))
    return "\n".join(one if one == other else f"{one}\n  {other}" for one, other in pairs)


def _read(file: Path) -> bytes:
    """The file, or as much of it as tells that it is too large."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as fault:
        raise CommandError(
            in_both(lambda: gettext("ファイル %(file)s を開けません。") % {"file": file})
        ) from fault


def _attempt(data: bytes, language: str, *, check: bool) -> tuple[Imported | None, list[str]]:
    """One import, or what is wrong in a language."""
    with override(language):
        try:
            sheets = read_sheets(data, largest=LARGEST)
            meters = {meter.id for meter in metering.declared()}
            return import_plan(sheets, meters=meters, check=check, clock=system_clock), []
        except TableRefused as refused:
            return None, [str(refused)]
        except BookRefused as refused:
            return None, [str(fault) for fault in refused.faults]


def _refusal(file: Path, faults: Sequence[str], other: Sequence[str]) -> str:
    named = {"file": file, "count": len(faults)}
    begin = in_both(
        lambda: (
            gettext("%(file)s は読み込みませんでした。何も変えていません。直すところ：%(count)d")
            % named
        )
    )
    if len(other) != len(faults):
        other = faults
    return "\n".join(
        [begin, *(_below(f"✗ {ja}", f"  {en}") for ja, en in zip(faults, other, strict=True))]
    )


def _told(done: Imported, *, check: bool) -> list[str]:
    """What an import did, line by line, in the reader's language."""
    named = {"plan": done.name, "code": done.code}
    if check:
        begin = gettext("✓ 計画「%(plan)s」（%(code)s）を確かめました。何も書き込んでいません。")
    elif done.is_new:
        begin = gettext("✓ 計画「%(plan)s」（%(code)s）を新しく読み込みました。")
    else:
        begin = gettext("✓ 計画「%(plan)s」（%(code)s）を読み込みました。")
    lines = [begin % named, *_changes(done.changes)]
    if not done.changes:
        lines.append(gettext("変わったところはありません。"))
    lines += _kept(done.kept)
    if done.left:
        lines.append(gettext("読まなかったシート：%(sheets)s") % {"sheets": "、".join(done.left)})
    return lines


def _changes(changes: BookChanges) -> list[str]:
    lines = [_counted(gettext("新しい %(thing)s：%(count)d"), changes.new)]
    lines += [_counted(gettext("なくなった %(thing)s：%(count)d"), changes.gone)]
    cells = [[f"・{each}" for each in changes.cells[:MOST_TOLD]]]
    more = len(changes.cells) - MOST_TOLD
    cells += [[gettext("ほかに変わったところ：%(count)d") % {"count": more}]] if more > 0 else []
    return [line for part in (*lines, *cells) for line in part]


def _kept(kept: BookChanges) -> list[str]:
    """What of the file does not stand."""
    rows = _counted(gettext("ファイルになく、残した %(thing)s：%(count)d"), kept.new)
    if not kept.cells:
        return rows
    return [
        *rows,
        gettext("画面で直されているため、ファイルのとおりにしなかったところ：%(count)d")
        % {"count": len(kept.cells)},
        *(f"・{each}" for each in kept.cells[:MOST_TOLD]),
    ]


def _counted(sentence: str, things: Mapping[str, Sequence[tuple[str, ...]]]) -> list[str]:
    return [
        sentence % {"thing": said(SHEETS[kind].sheet.title), "count": len(rows)}
        for kind, rows in things.items()
    ]
