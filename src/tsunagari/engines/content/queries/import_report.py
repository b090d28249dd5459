"""What a bringing over brought, as a workbook for the office: a summary by rule, the pages, and every fault."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.content.models import ImportedPage, SiteImport
from tsunagari.engines.content.models.published import path_of
from tsunagari.engines.content.rules.checking import all_rules
from tsunagari.engines.content.rules.old_pages.told import told
from tsunagari.kernel.i18n.workbook import SheetToWrite, Value, write_sheets

MOST_FAULTS: Final = 100_000
"""Lines of the sheet of faults: a workbook with more is opened by few programs."""


def import_report(bringing: SiteImport) -> bytes:
    """The workbook (.xlsx), in the language of whoever asks."""
    rules = {rule.id: rule for rule in all_rules()}
    pages = list(ImportedPage.objects.filter(brought_by=bringing).select_related("page__locale").order_by("pk"))  # fmt: skip
    found: Counter[str] = Counter()
    on_pages: Counter[str] = Counter()
    lines: list[list[Value]] = []
    for page in pages:
        found.update(each["rule"] for each in page.faults)
        on_pages.update({each["rule"] for each in page.faults})
        lines += _faults(page, rules)
    levels = {"A": 0, "AA": 1, "advice": 2}
    summary: list[list[Value]] = [
        [_level(rules[rule].level), gettext(rules[rule].title), on_pages[rule], count]
        for rule, count in sorted(
            found.items(), key=lambda each: (levels[rules[each[0]].level], -each[1])
        )
        if rule in rules
    ]
    return write_sheets(
        [
            SheetToWrite(
                title=gettext("まとめ"),
                above=_above(bringing, pages),
                headers=[gettext("程度"), gettext("きまり"), gettext("ページの数"), gettext("か所の数")],
                rows=summary,
            ),
            SheetToWrite(
                title=gettext("取り込んだページ"),
                headers=[gettext("古いアドレス"), gettext("題名"), gettext("新しいアドレス"), gettext("直す所"), gettext("知らせること")],
                rows=[_page(page) for page in pages],
                widths={4: 80},
            ),
            SheetToWrite(
                title=gettext("直す所"),
                headers=[gettext("ページ"), gettext("程度"), gettext("きまり"), gettext("直し方"), gettext("場所"), gettext("見つかった文字")],
                rows=lines[:MOST_FAULTS],
                widths={3: 80},
            ),
        ],
        choices=gettext("選択肢"),
    )  # fmt: skip


def _above(bringing: SiteImport, pages: list[ImportedPage]) -> list[str]:
    drafts = sum(page.page_id is not None for page in pages)
    said = gettext("%(source)s から、%(pages)d件を読み、%(drafts)d件の下書きを作りました。")
    lines = [said % {"source": bringing.source, "pages": len(pages), "drafts": drafts}]
    if bringing.missing:
        missing = gettext("一覧にあって、保存されていないページ：%(count)d件（例 %(address)s）")
        lines.append(missing % {"count": len(bringing.missing), "address": bringing.missing[0]})
    return lines


def _page(row: ImportedPage) -> list[Value]:
    notes = [told(each, gettext) for each in row.notes]
    if row.links:
        left = gettext("古いサイトへのリンクが残っています：%(addresses)s")
        notes.append(left % {"addresses": " ".join(row.links[:10])})
    where = f"/{path_of(row.page)}" if row.page else ""
    return [row.address, row.title, where, len(row.faults), "\n".join(notes)]


def _faults(row: ImportedPage, rules: Mapping[str, object]) -> Iterator[list[Value]]:
    for each in row.faults:
        title = getattr(rules.get(each["rule"]), "title", each["rule"])
        place = gettext("上から%(number)s番目のブロック") % {"number": each["place"]} if each["place"] else gettext("題名・要約")  # fmt: skip
        yield [row.title, _level(each["level"]), gettext(title), told(each, gettext), place, each["found"]]  # fmt: skip


def _level(level: str) -> str:
    return gettext("助言") if level == "advice" else level
