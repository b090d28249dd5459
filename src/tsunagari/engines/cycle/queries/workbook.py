"""A division's workbook of a plan's year: its cover, and a form for each of its measures."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.workbook_rows import FormMaker
from tsunagari.engines.cycle.queries.workbook_sheets import BookSheet, book_sheets
from tsunagari.engines.cycle.queries.year_sheets import step_heads
from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS
from tsunagari.engines.cycle.rules.report_words import year_name
from tsunagari.engines.cycle.rules.sheet_layout import Cover, DivisionBook, MeasureForm, tabs
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said


def division_book(
    cycle: Cycle, sheets: Sequence[Sheet], *, whose: str, now: datetime, language: str
) -> DivisionBook:
    """The workbook of some sheets of a year. `whose` names the division on the cover, "" for all. A
    bounded number of queries."""
    held = book_sheets(cycle, sheets, now=now, language=language)
    heads = step_heads(cycle)
    due = {head.step: head.due for head in heads}
    first, *names = tabs([gettext("はじめに"), *(_tab(each.measure) for each in held)])
    forms = []
    for each, tab in zip(held, names, strict=True):
        maker = FormMaker(cycle=cycle, held=each, due=due, language=language)
        forms.append(
            MeasureForm(
                sheet=each.sheet.public_id,
                tab=tab,
                title=gettext("%(year)s　事務事業評価シート（取組の調書）")
                % {"year": year_name(cycle.fiscal_year, language)},
                standing=maker.standing(),
                rows=maker.rows(),
            )
        )
    cover = Cover(
        tab=first,
        title=gettext("%(plan)s　%(year)sの調書")
        % {
            "plan": _plan_name(cycle, now, language),
            "year": year_name(cycle.fiscal_year, language),
        },
        whose=whose or gettext("すべての課"),
        how=_how(),
        steps=(
            (gettext("いつまでに"), ""),
            *(
                (said(STEPS[head.step]), format_day(head.due, language=language, weekday=True))
                for head in heads
                if head.step in OF_DIVISIONS and head.due
            ),
        ),
        measures=(("", gettext("このファイルにある調書")), *_listed(held, names)),
        stamp=gettext(
            "%(day)sに書き出しました。このあとに画面で直された欄を、このファイルが上書きすることはありません。"
        )
        % {"day": format_day(japan_day(now), language=language, weekday=True)},
    )
    return DivisionBook(cycle=cycle.public_id, cover=cover, forms=tuple(forms))


def _tab(measure: plan_api.MeasureState) -> str:
    return f"{measure.quoted.replace('/', '-')} {measure.name}"


def _listed(held: Sequence[BookSheet], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (tab, f"{each.measure.quoted}　{each.measure.name}")
        for each, tab in zip(held, names, strict=True)
    )


def _plan_name(cycle: Cycle, now: datetime, language: str) -> str:
    heads = plan_api.plan_heads(language, now=now)
    return next((each.name for each in heads if each.code == cycle.plan), cycle.plan)


def _how() -> tuple[str, ...]:
    return (
        gettext("書き方"),
        gettext("1. 青い枠で囲んだ白い欄に書いてください。灰色の欄は、計画や自動計測の内容で、書き換えられません。"),
        gettext("2. 空のままの欄があってもかまいません。書けたところまでで読み込めます。"),
        gettext("3. 欄を選ぶと▼が出るところは、選択肢から選んでください。"),
        gettext("4. 金額は円を単位に、数字だけで書いてください。計算式ではなく、値を書いてください。"),
        gettext("5. 割合の指標は、分子と分母を書いてください。割合は計算します。"),
        gettext("6. 書き終わったら保存し、年度の画面の「Excelから読み込む」でこのファイルを選んでください。変わるところを確かめてから、登録します。"),
        gettext("7. シートの名前を変えたり、行や列を動かしたりしても読み込めます。シートや行を消しても、登録されている内容は消えません。"),
    )  # fmt: skip
