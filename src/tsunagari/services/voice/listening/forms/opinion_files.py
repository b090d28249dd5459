"""Opinions in a table: read from a file that clerks have filled in, written for their own use."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import gettext, override

from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import Row, Table, TableRefused
from tsunagari.kernel.i18n.texts import N_
from tsunagari.services.voice.listening.models import Call, Letter
from tsunagari.services.voice.listening.rules.choices import AGES, LONGEST_OPINION, TIES
from tsunagari.services.voice.listening.rules.personal_numbers import holds_personal_number
from tsunagari.services.voice.listening.rules.plain_text import plain_text
from tsunagari.services.voice.listening.rules.typed import OpinionTyped
from tsunagari.services.voice.listening.service import CHANNELS

COLUMNS = {
    "number": N_("受付番号"),
    "channel": N_("届き方"),
    "came_on": N_("届いた日"),
    "part": N_("案の部分"),
    "text": N_("意見"),
    "name": N_("名前"),
    "address": N_("住所"),
    "mail": N_("メールアドレス"),
    "tie": N_("市との関わり"),
    "age": N_("年齢"),
    "groups": N_("まとまり"),
}
"""Headers of the table. A row with a receipt number is one that is there already: it is left as it is."""

MOST = 2_000


def headers() -> list[str]:
    """The headers in the reader's language."""
    return [said(words) for words in COLUMNS.values()]


def rows_of(letters: list[Letter]) -> list[list[str | date]]:
    """Letters as rows below the headers."""
    return [
        [
            each.number,
            said(CHANNELS[each.channel]),
            japan_day(each.received_at),
            each.part,
            each.text,
            each.name,
            each.address,
            each.mail,
            said(TIES[each.tie]) if each.tie else "",
            said(AGES[each.age]) if each.age else "",
            "、".join(dict.fromkeys(g.title for o in each.opinions.all() for g in o.groups.all())),
        ]
        for each in letters
    ]


def read_opinions(table: Table, call: Call) -> list[tuple[str, date, OpinionTyped]]:
    """The new opinions of a table: channel, day, what was typed. TableRefused with line and column."""
    table.require(said(COLUMNS["channel"]), said(COLUMNS["came_on"]), said(COLUMNS["text"]))
    return list(_opinions(table, call))


def _opinions(table: Table, call: Call) -> Iterator[tuple[str, date, OpinionTyped]]:
    parts = {line.strip() for line in call.parts.split("\n") if line.strip()}
    if len(table.rows) > MOST:
        raise TableRefused(
            gettext("一度に読み込めるのは%(most)d件までです。分けてください。") % {"most": MOST}
        )
    for row in table.rows:
        if _cell(row, "number"):
            continue
        text, part = plain_text(_cell(row, "text")), _cell(row, "part")
        _check_text(row, text)
        if part and part not in parts:
            raise row.refused(
                said(COLUMNS["part"]),
                gettext("「%(part)s」は案の部分にありません。") % {"part": part},
            )
        day = row.day(said(COLUMNS["came_on"]))
        if not call.opens <= day <= call.closes:
            raise row.refused(said(COLUMNS["came_on"]), gettext("募集の期間の外です。"))
        typed = OpinionTyped(
            text=text,
            part=part[:200],
            name=plain_text(_cell(row, "name"))[:100],
            address=plain_text(_cell(row, "address"))[:200],
            mail=_cell(row, "mail")[:254],
            tie=_chosen(row, "tie", TIES),
            age=_chosen(row, "age", AGES),
        )
        channels = {key: words for key, words in CHANNELS.items() if key != "web"}
        yield _chosen(row, "channel", channels, needed=True), day, typed


def _check_text(row: Row, text: str) -> None:
    header = said(COLUMNS["text"])
    if not text:
        raise row.refused(header, gettext("意見が書かれていません。"))
    if len(text) > LONGEST_OPINION:
        raise row.refused(
            header, gettext("%(most)d文字までにしてください。") % {"most": LONGEST_OPINION}
        )
    if holds_personal_number(text):
        raise row.refused(header, gettext("マイナンバーのような番号があります。消してください。"))


def _cell(row: Row, name: str) -> str:
    """A cell; "" where the table has no such column."""
    try:
        return row.text(said(COLUMNS[name]))
    except TableRefused:
        return ""


def _chosen(row: Row, name: str, choices: dict[str, str], *, needed: bool = False) -> str:
    """The key of what was chosen, in any language of the console."""
    text = _cell(row, name)
    if not text and not needed:
        return ""
    for language, _title in settings.LANGUAGES:
        with override(language):
            for key, words in choices.items():
                if text in (key, said(words)):
                    return key
    raise row.refused(
        said(COLUMNS[name]),
        gettext("書けるのは %(words)s です。") % {"words": "、".join(map(said, choices.values()))},
    )
