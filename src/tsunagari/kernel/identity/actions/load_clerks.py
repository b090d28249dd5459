"""Load clerks: what a workbook says of people and posts, shown first and then taken in as shown.

A preview makes every change and takes all of it back, so that it cannot differ from the real thing.
Nothing is ever deleted by a file: a row that is missing changes nothing.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import get_language, gettext

from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import queries
from tsunagari.kernel.identity.actions.change_account import change_account, check_person
from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.actions.make_account import make_staff
from tsunagari.kernel.identity.actions.move_end import move_end
from tsunagari.kernel.identity.declare import ROLES, ClerksLoaded, ClerksWritten
from tsunagari.kernel.identity.models import Account, Post
from tsunagari.kernel.identity.rules import LOGIN_NAME, Refused
from tsunagari.kernel.identity.rules.clerk_sheet import (
    CLOSED,
    OPEN,
    ClerkRow,
    PostValues,
    compare,
    marks,
)
from tsunagari.kernel.ledger.api import record


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """What one row changes, in sentences. `added`: it brings a clerk or a post that was not there."""

    line: int
    who: str
    added: bool
    says: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a file does: changes and faults by row, rows that change nothing, rows older than here."""

    changes: tuple[RowChange, ...]
    faults: tuple[tuple[int, str], ...]
    same: int
    kept: int

    @property
    def added(self) -> int:
        """Rows that bring something new."""
        return sum(change.added for change in self.changes)

    @property
    def changed(self) -> int:
        """Rows that change something that was there."""
        return len(self.changes) - self.added


@dataclass(kw_only=True)
class _Loading:
    """One run over the rows: who loads, when, and what came of each row."""

    actor: str
    acting_for: str
    today: date
    accounts: dict[str, Account]
    posts: dict[str, Post]
    says: dict[int, list[str]] = field(default_factory=dict)
    added: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    faults: dict[int, str] = field(default_factory=dict)


def preview_clerks(
    rows: Sequence[ClerkRow], *, today: date, actor: str, acting_for: str = ""
) -> Outcome:
    """What `load_clerks` would do now; nothing stays written."""
    with transaction.atomic():
        outcome = _load(rows, today=today, actor=actor, acting_for=acting_for)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def load_clerks(
    rows: Sequence[ClerkRow],
    *,
    shown: Callable[[Outcome], bool],
    today: date,
    actor: str,
    acting_for: str = "",
) -> Outcome:
    """Take the rows in, all or none.

    Raises Refused when a row has a fault, or when `shown` says that this is not the outcome that was
    previewed: somebody changed a clerk meanwhile.
    """
    outcome = _load(rows, today=today, actor=actor, acting_for=acting_for)
    if outcome.faults or not shown(outcome):
        raise Refused(
            gettext(
                "確認の画面を開いたあとに、職員の登録が変わりました。もう一度ファイルを選んで確かめてください。"
            )
        )
    record(
        ClerksLoaded(
            subject="",
            actor=actor,
            division=acting_for,
            added=outcome.added,
            changed=outcome.changed,
        )
    )
    return outcome


@transaction.atomic
def note_written(*, count: int, actor: str, acting_for: str = "") -> None:
    """Record that a list of clerks left as a file."""
    record(ClerksWritten(subject="", actor=actor, division=acting_for, rows=count))


def _load(rows: Sequence[ClerkRow], *, today: date, actor: str, acting_for: str) -> Outcome:
    logins = {row.login_name for row in rows}
    accounts = {each.login_name: each for each in queries.staff().filter(login_name__in=logins)}
    posts = Post.objects.filter(account__in=accounts.values()).select_related("division", "account")
    run = _Loading(
        actor=actor,
        acting_for=acting_for,
        today=today,
        accounts=accounts,
        posts={post.public_id: post for post in posts},
    )
    # What ends makes room for what begins, wherever the rows stand in the file.
    _each(run, rows, _person)
    _each(run, (row for row in rows if row.held and row.post), _held_post)
    _each(run, (row for row in rows if row.held and not row.post), _new_post)
    return Outcome(
        changes=tuple(
            RowChange(
                line=row.line,
                who=f"{row.account.name}（{row.login_name}）",
                added=row.line in run.added,
                says=tuple(run.says[row.line]),
            )
            for row in rows
            if row.line in run.says and row.line not in run.faults
        ),
        faults=tuple(sorted(run.faults.items())),
        same=len(rows) - len({*run.says, *run.faults, *run.kept}),
        kept=len(run.kept - {*run.says, *run.faults}),
    )


def _each(
    run: _Loading, rows: Iterable[ClerkRow], step: Callable[[_Loading, ClerkRow], None]
) -> None:
    for row in rows:
        if row.line in run.faults:
            continue
        try:
            with transaction.atomic():
                step(run, row)
        except Refused as fault:
            run.faults[row.line] = str(fault)


def _person(run: _Loading, row: ClerkRow) -> None:
    account = run.accounts.get(row.login_name)
    state = OPEN if account is None or account.is_active else CLOSED
    if row.state and row.state != state:
        raise Refused(
            gettext("状態はファイルでは変えられません。職員の画面で閉じるか、開けてください。")
        )
    if account is None:
        run.accounts[row.login_name] = _make(run, row)
        return
    now = queries.account_values(account)
    part = compare(row.account, now, marks(row.mark)[0])
    if part == "stale":
        raise Refused(_stale(now.name))
    if part == "untouched":
        run.kept.add(row.line)
    if part == "typed":
        change_account(
            account,
            name=row.account.name,
            kana=row.account.kana,
            work_email=row.account.work_email,
            actor=run.actor,
            acting_for=run.acting_for,
        )
        for title, before, after in (
            (gettext("お名前"), now.name, row.account.name),
            (gettext("ふりがな"), now.kana, row.account.kana),
            (gettext("職場のメールアドレス"), now.work_email, row.account.work_email),
        ):
            if before != after:
                _say(run, row, _from_to(title, before, after))


def _make(run: _Loading, row: ClerkRow) -> Account:
    if not re.fullmatch(LOGIN_NAME, row.login_name):
        raise Refused(gettext("ログイン名は、半角の英数字と . _ - で3文字以上にしてください。"))
    values = row.account
    check_person(name=values.name, kana=values.kana, work_email=values.work_email)
    account = make_staff(
        login_name=row.login_name,
        name=values.name,
        kana=values.kana,
        work_email=values.work_email,
        actor=run.actor,
    )
    run.added.add(row.line)
    _say(run, row, gettext("職員を加えます。"))
    return account


def _held_post(run: _Loading, row: ClerkRow) -> None:
    post, account = run.posts.get(row.post), run.accounts[row.login_name]
    if post is None or post.account_id != account.pk or row.held is None:
        raise Refused(
            gettext("この職の番号は、この職員の職ではありません。新しい職なら、空にしてください。")
        )
    now = queries.post_values(post)
    typed = _with_code(run, row.held, known=post.division.code)
    part = compare(typed, now, marks(row.mark)[1])
    if part == "untouched":
        run.kept.add(row.line)
    if part in ("same", "untouched"):
        return
    if part == "stale":
        raise Refused(_stale(account.name))
    if typed.__class__(**{**vars(typed), "ends": now.ends}) != now:
        raise Refused(
            gettext(
                "付けてある職の中身は書き換えません。この行には終わりの日を入れ、新しい職は、職の番号を空にした行を加えてください。"
            )
        )
    _not_oneself(run, account)
    move_end(post, ends=typed.ends, today=run.today, actor=run.actor, acting_for=run.acting_for)
    _say(run, row, _from_to(gettext("終わりの日"), str(now.ends or ""), str(typed.ends or "")))


def _new_post(run: _Loading, row: ClerkRow) -> None:
    if row.held is None:
        return
    account = run.accounts[row.login_name]
    typed = _with_code(run, row.held)
    for post in account.posts.select_related("division"):
        there = queries.post_values(post)
        if there == typed:
            return
        if there.__class__(**{**vars(there), "ends": typed.ends}) == typed:
            raise Refused(
                gettext(
                    "この職は、もう付けてあります（終わりの日が違います）。書き出し直したファイルで直してください。"
                )
            )
    _not_oneself(run, account)
    give_post(
        account=account,
        **vars(typed),
        today=run.today,
        actor=run.actor,
        acting_for=run.acting_for,
    )
    run.added.add(row.line)
    _say(run, row, _post_words(typed))


def _not_oneself(run: _Loading, account: Account) -> None:
    if account.public_id == run.actor:
        raise Refused(gettext("自分の職は変えられません。ほかの管理者に頼んでください。"))


def _with_code(run: _Loading, typed: PostValues, *, known: str = "") -> PostValues:
    """The post with its division's code in place of the name as typed."""
    text = typed.division
    if known and queries.is_called(known, text, FiscalYear.of(run.today)):
        return PostValues(**{**vars(typed), "division": known})
    codes = queries.codes_called(text, FiscalYear.of(typed.begins)) or queries.codes_called(
        text, FiscalYear.of(run.today)
    )
    if not codes:
        raise Refused(
            gettext("「%(name)s」という課はありません。課の名前を確かめてください。")
            % {"name": text}
        )
    if len(codes) > 1:
        raise Refused(
            gettext("「%(name)s」という課は複数あります。次の記号で書いてください：%(codes)s")
            % {"name": text, "codes": ", ".join(codes)}
        )
    return PostValues(**{**vars(typed), "division": codes[0]})


def _say(run: _Loading, row: ClerkRow, sentence: str) -> None:
    run.says.setdefault(row.line, []).append(sentence)


def _stale(name: str) -> str:
    return gettext(
        "%(name)sさんの登録は、このファイルを書き出したあとに変わったか、別の行と食い違っています。書き出し直してから、直してください。"
    ) % {"name": name}


def _from_to(title: str, before: str, after: str) -> str:
    nothing = gettext("なし")
    return gettext("%(title)s：%(before)s → %(after)s") % {
        "title": title,
        "before": before or nothing,
        "after": after or nothing,
    }


def _post_words(post: PostValues) -> str:
    year = FiscalYear.of(post.begins)
    names = queries.division_names([post.division], year, get_language() or "ja")
    said = {
        "division": names[post.division],
        "title": post.title,
        "role": gettext(ROLES[post.role]),
        "begins": post.begins,
        "ends": post.ends or "",
    }
    if post.concurrent:
        return (
            gettext("兼務を付けます：%(division)s %(title)s（%(role)s）%(begins)s〜%(ends)s") % said
        )
    return gettext("職を付けます：%(division)s %(title)s（%(role)s）%(begins)s〜%(ends)s") % said
