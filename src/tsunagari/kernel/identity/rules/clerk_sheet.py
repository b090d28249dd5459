"""The workbook of clerks: its columns, a row as plain values, and which side is newer.

One row is one post of a clerk; a clerk without a post has one row with empty columns. Each row
carries in 「照合番号」 what it looked like when it was written, so that a reader can tell three things
apart: what stands in the database, what stood there then, and what somebody typed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal, get_args

from django.conf import settings
from django.utils.translation import gettext, override

from tsunagari.kernel.i18n.tabular import Row, Table, TableRefused, header_key
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.declare import ROLES, Role
from tsunagari.kernel.identity.rules import Refused

MOST_ROWS: Final = 5000
"""Rows that are read at once: a preview is shown whole and confirmed whole."""

COLUMNS: Final[dict[str, str]] = {
    "login_name": N_("ログイン名"),
    "name": N_("お名前"),
    "kana": N_("ふりがな"),
    "work_email": N_("職場のメールアドレス"),
    "state": N_("状態"),
    "division": N_("課"),
    "title": N_("職名"),
    "role": N_("役割"),
    "concurrent": N_("兼務"),
    "begins": N_("はじめの日"),
    "ends": N_("終わりの日"),
    "post": N_("職の番号"),
    "mark": N_("照合番号"),
}
"""Each column with its header. No password, factor or session ever stands among them."""

_OF_A_POST: Final = ("division", "title", "role", "concurrent", "begins", "ends", "post")

OPEN, CLOSED, CONCURRENT = N_("使える"), N_("閉じてある"), N_("兼務")

Part = Literal["same", "untouched", "typed", "stale"]
"""A part of a row against the database: as it is there; as it once was there and nobody typed; typed
anew on what is there now; typed on what has changed since."""


@dataclass(frozen=True, kw_only=True)
class AccountValues:
    """What the workbook says of a person."""

    name: str
    kana: str
    work_email: str


@dataclass(frozen=True, kw_only=True)
class PostValues:
    """What the workbook says of a post; `division` is a code, or the name as typed where it is read."""

    division: str
    title: str
    role: Role
    concurrent: bool
    begins: date
    ends: date | None


@dataclass(frozen=True, kw_only=True)
class ClerkRow:
    """One row as read. `line` is its number in Excel; `post` is a public id, "" for a new post."""

    line: int
    login_name: str
    account: AccountValues
    state: str
    held: PostValues | None
    post: str
    mark: str


def row_of(held: Mapping[str, Any]) -> ClerkRow:
    """A row as `dataclasses.asdict` and JSON left it."""
    post = held["held"]
    if post is not None:
        ends = date.fromisoformat(post["ends"]) if post["ends"] else None
        days = {"begins": date.fromisoformat(post["begins"]), "ends": ends}
        post = PostValues(**{**post, **days})
    return ClerkRow(**{**held, "account": AccountValues(**held["account"]), "held": post})


def headers() -> list[str]:
    """The headers in the language of the page."""
    return [gettext(words) for words in COLUMNS.values()]


def mark(account: AccountValues, post: PostValues | None) -> str:
    """What goes into 「照合番号」: a short print of either part. It hides nothing and proves nothing."""
    return f"{_print(account)}-{_print(post)}"


def compare(
    typed: AccountValues | PostValues, now: AccountValues | PostValues, stated: str
) -> Part:
    """How a part of a row stands; `stated` is that part's print in the file, "" without one."""
    if typed == now:
        return "same"
    if stated == _print(typed):
        return "untouched"
    return "typed" if stated == _print(now) else "stale"


def marks(text: str) -> tuple[str, str]:
    """The prints of account and post in a 「照合番号」, "" where there is none."""
    account, _, post = text.strip().partition("-")
    return account, post


def read_rows(table: Table) -> tuple[list[ClerkRow], list[tuple[int, str]]]:
    """The rows of a file, and for each that cannot be read its line and a sentence.

    The headers may be in any language of the console. Raises TableRefused for a missing column.
    """
    names = _names(table)
    if len(table.rows) > MOST_ROWS:
        sentence = gettext("一度に読み込めるのは%(rows)d行までです。分けてください。")
        raise TableRefused(sentence % {"rows": MOST_ROWS})
    rows, faults = [], []
    for each in table.rows:
        try:
            rows.append(_read(each, names))
        except (TableRefused, Refused) as fault:
            faults.append((each.line, str(fault)))
    return rows, faults


def _names(table: Table) -> dict[str, str]:
    """For each column the header that this file has for it."""
    present = {header_key(header): header for header in table.headers}
    names = {}
    for column, words in COLUMNS.items():
        found = next((key for key in _said(words) if key in present), None)
        if found:
            names[column] = present[found]
    table.require(*(gettext(words) for column, words in COLUMNS.items() if column not in names))
    return names


@cache
def _said(words: str) -> tuple[str, ...]:
    """A word in every language of the console, as headers are compared."""
    said = []
    for language, _title in settings.SCREEN_LANGUAGES:
        with override(language):
            said.append(header_key(gettext(words)))
    return tuple(said)


def _read(row: Row, names: Mapping[str, str]) -> ClerkRow:
    texts = {column: row.text(header) for column, header in names.items()}
    if not texts["login_name"]:
        raise row.refused(names["login_name"], gettext("ログイン名を入力してください。"))
    return ClerkRow(
        line=row.line,
        login_name=texts["login_name"].lower(),
        account=AccountValues(
            name=texts["name"], kana=texts["kana"], work_email=texts["work_email"].lower()
        ),
        state=_state(row, names, texts["state"]),
        held=_post(row, names, texts) if any(texts[column] for column in _OF_A_POST) else None,
        post=texts["post"],
        mark=texts["mark"],
    )


def _state(row: Row, names: Mapping[str, str], text: str) -> str:
    if not text:
        return ""
    for state in (OPEN, CLOSED):
        if header_key(text) in _said(state):
            return state
    raise row.refused(names["state"], gettext("「使える」か「閉じてある」にしてください。"))


def _post(row: Row, names: Mapping[str, str], texts: Mapping[str, str]) -> PostValues:
    if not texts["division"]:
        raise row.refused(names["division"], gettext("課を入力してください。"))
    if not texts["title"] or len(texts["title"]) > 50:
        raise row.refused(names["title"], gettext("職名を50文字までで入力してください（例：主任）"))
    concurrent = header_key(texts["concurrent"]) in (*_said(CONCURRENT), "○", "〇", "1")
    if texts["concurrent"] and not concurrent:
        raise row.refused(names["concurrent"], gettext("「兼務」と書くか、空にしてください。"))
    return PostValues(
        division=texts["division"],
        title=texts["title"],
        role=_role(row, names, texts["role"]),
        concurrent=concurrent,
        begins=row.day(names["begins"]),
        ends=row.day(names["ends"]) if texts["ends"] else None,
    )


def _role(row: Row, names: Mapping[str, str], text: str) -> Role:
    for role in get_args(Role):
        if text == role or header_key(text) in _said(ROLES[role]):
            found: Role = role
            return found
    known = gettext("、").join(gettext(words) for words in ROLES.values())
    raise row.refused(
        names["role"], gettext("次のどれかにしてください：%(roles)s") % {"roles": known}
    )


def _print(values: AccountValues | PostValues | None) -> str:
    if values is None:
        return "0"
    return hashlib.sha256(repr(values).encode()).hexdigest()[:10]
