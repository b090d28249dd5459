"""What identity says to others: roles, who acts, and the events it records."""

from dataclasses import dataclass
from typing import Final, Literal

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.declare import Event, Words

Kind = Literal["resident", "staff"]
"""A resident and a clerk never share an account, an entrance or a session."""

Role = Literal["member", "head", "secretariat", "committee", "auditor", "administrator"]

ROLES: Final[dict[Role, str]] = {
    "member": N_("担当者"),
    "head": N_("課長"),
    "secretariat": N_("計画の事務局"),
    "committee": N_("計画の委員"),
    "auditor": N_("監査担当"),
    "administrator": N_("システム管理者"),
}
"""Each role with the words a screen shows for it. A member of the plan's committee (委員) is no clerk of the
division that looks after her account: she reads and gives opinions."""

PERMISSIONS: Final[dict[Role, tuple[str, ...]]] = {
    "member": (),
    "head": (),
    "secretariat": ("jobs.view_job", "jobs.change_job", "ledger.view_entry"),
    "committee": (),
    "auditor": ("ledger.view_entry",),
    "administrator": (),
}
"""Which of the kernel's console screens a role opens, beyond the console itself. An administrator is a
superuser there."""

SCOPES: Final[dict[str, str]] = {
    "figures:load": N_("数値を登録する"),
    "figures:read": N_("登録した数値を読み出す"),
}
"""What a division's key may be allowed, with the words a screen shows for it."""


@dataclass(frozen=True, kw_only=True)
class ActorPost:
    """One post (職) that a clerk holds today. `division` is the division's code."""

    public_id: str
    division: str
    division_name: str
    title: str
    role: Role
    concurrent: bool


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts. A clerk acts as one post in one division; a resident for herself.

    `division` is the code of the division acted for, "" for residents and for a clerk without a
    post. `posts` are all posts held today, the one acted as first.
    """

    public_id: str
    kind: Kind
    name: str
    division: str = ""
    posts: tuple[ActorPost, ...] = ()

    @property
    def post(self) -> ActorPost | None:
        """The post acted as, or None."""
        return self.posts[0] if self.posts else None

    def has_role(self, role: str, division: str | None = None) -> bool:
        """Whether the post acted as carries `role` (in `division`, when one is given).

        A head may do what a member may. Other posts that the same clerk holds do not count: to use
        them she switches (担当を切り替える), and the record says for whom she acted.
        """
        post = self.post
        if post is None or (division is not None and post.division != division):
            return False
        return post.role == role or (post.role == "head" and role == "member")


@dataclass(frozen=True, kw_only=True)
class DivisionNow:
    """A division as it stands in one fiscal year. `parent` is a code, "" at the top."""

    code: str
    public_id: str
    name: str
    parent: str
    order: int


@dataclass(frozen=True, kw_only=True)
class KeyHolder:
    """Who holds a division's key: public id of the key, code of the division, what it may do."""

    key: str
    division: str
    scopes: tuple[str, ...]

    def may(self, scope: str) -> bool:
        """Whether the key was made for `scope`, for example "figures:load"."""
        return scope in self.scopes


ENTRANCES: Final[dict[str, str]] = {"resident": N_("住民用"), "staff": N_("職員用")}
KINDS: Final[dict[str, str]] = {"resident": N_("住民"), "staff": N_("職員")}
FACTORS: Final[dict[str, str]] = {
    "totp": N_("認証アプリ"),
    "webauthn": N_("パスキー"),
    "recovery_codes": N_("リカバリーコード"),
    "enrolled": N_("その場で登録"),
    "oidc": N_("市の認証基盤"),
}
"""Words for what events hold; the audit screen shows them."""


@dataclass(frozen=True, kw_only=True)
class SignedIn(
    Event,
    name="identity.signed_in",
    title=N_("ログイン"),
    words={
        "entrance": Words(title=N_("入口"), values=ENTRANCES),
        "method": Words(
            title=N_("ログインの方法"),
            values={
                "password": N_("パスワード"),
                "code": N_("メールで届く番号"),
                "passkey": N_("パスキー"),
                "oidc": N_("市の認証基盤"),
            },
        ),
        "second_factor": Words(title=N_("二つ目の確認"), values=FACTORS),
    },
):
    """Someone signed in. `method` is password, code, passkey or oidc; `second_factor` totp, …, or ""."""

    entrance: str
    method: str
    second_factor: str


@dataclass(frozen=True, kw_only=True)
class SignInRefused(
    Event,
    name="identity.sign_in_refused",
    title=N_("ログインの失敗"),
    words={
        "entrance": Words(title=N_("入口"), values=ENTRANCES),
        "reason": Words(
            title=N_("理由"),
            values={
                "wrong_password": N_("パスワードの違い"),
                "wrong_code": N_("番号の違い"),
                "wrong_entrance": N_("入口の違い"),
                "closed": N_("停止中のアカウント"),
                "too_many": N_("続けて試した回数の超過"),
                "unknown_at_provider": N_("市の認証基盤にないアカウント"),
            },
        ),
    },
):
    """Someone was not let in; `subject` is "" where no account is known. `reason` is a word."""

    entrance: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SessionEnded(
    Event,
    name="identity.session_ended",
    title=N_("ログインの終了"),
    words={
        "entrance": Words(title=N_("入口"), values=ENTRANCES),
        "how": Words(
            title=N_("終わり方"),
            values={
                "signed_out": N_("本人のログアウト"),
                "listed": N_("一覧からのログアウト"),
                "others": N_("ほかの端末のログアウト"),
                "closed": N_("アカウントの停止"),
                "erased": N_("アカウントの消去"),
                "factors_removed": N_("二つ目の確認の削除"),
                "no_post": N_("職の終わり"),
            },
        ),
    },
):
    """A session was ended: by signing out, from the list of sessions, or by an administrator."""

    entrance: str
    how: str


@dataclass(frozen=True, kw_only=True)
class FactorAdded(
    Event,
    name="identity.factor_added",
    title=N_("二つ目の確認の登録"),
    words={
        "factor": Words(title=N_("確認の方法"), values=FACTORS),
    },
):
    """A second factor or a passkey was added; `factor` is totp, webauthn or recovery_codes."""

    factor: str


@dataclass(frozen=True, kw_only=True)
class FactorRemoved(
    Event,
    name="identity.factor_removed",
    title=N_("二つ目の確認の削除"),
    words={
        "factor": Words(title=N_("確認の方法"), values=FACTORS),
    },
):
    """A second factor or a passkey was removed."""

    factor: str


@dataclass(frozen=True, kw_only=True)
class AccountMade(
    Event,
    name="identity.account_made",
    title=N_("アカウントの作成"),
    words={
        "kind": Words(title=N_("アカウントの種類"), values=KINDS),
    },
):
    """An account was made; `kind` is resident or staff."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class AccountErased(
    Event,
    name="identity.account_erased",
    title=N_("アカウントの消去"),
    words={
        "kind": Words(title=N_("アカウントの種類"), values=KINDS),
        "reason": Words(
            title=N_("理由"), values={"asked": N_("本人の申し出"), "left_service": N_("退職")}
        ),
    },
):
    """The mapping from a public id to a person was erased; `reason` is a word."""

    kind: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PostGiven(
    Event,
    name="identity.post_given",
    title=N_("担当の割り当て"),
    words={
        "post": Words(title=N_("担当の番号")),
        "of": Words(title=N_("担当の課")),
        "role": Words(title=N_("役割"), values={str(role): word for role, word in ROLES.items()}),
        "concurrent": Words(title=N_("兼務")),
    },
):
    """A clerk was given a post. `subject` is the clerk, `division` the actor's."""

    post: str
    of: str
    role: str
    concurrent: bool


@dataclass(frozen=True, kw_only=True)
class PostEnded(
    Event,
    name="identity.post_ended",
    title=N_("担当の終了"),
    words={
        "post": Words(title=N_("担当の番号")),
        "of": Words(title=N_("担当の課")),
    },
):
    """A clerk's post ended. `of` is the code of the post's division."""

    post: str
    of: str


@dataclass(frozen=True, kw_only=True)
class PostChosen(
    Event,
    name="identity.post_chosen",
    title=N_("担当の切り替え"),
    words={
        "post": Words(title=N_("担当の番号")),
    },
):
    """A clerk switched to another of her posts; `division` is the one she now acts for."""

    post: str


@dataclass(frozen=True, kw_only=True)
class KeyMade(
    Event,
    name="identity.key_made",
    title=N_("鍵の作成"),
    words={
        "of": Words(title=N_("鍵の課")),
        "replaces": Words(title=N_("前の鍵の番号")),
    },
):
    """A division's key was made. `subject` is the key, `of` its division's code; `replaces` a key or ""."""

    of: str
    replaces: str


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(
    Event,
    name="identity.key_revoked",
    title=N_("鍵の停止"),
    words={
        "of": Words(title=N_("鍵の課")),
    },
):
    """A division's key was revoked."""

    of: str


@dataclass(frozen=True, kw_only=True)
class DivisionsLoaded(
    Event,
    name="identity.divisions_loaded",
    title=N_("課の一覧の読み込み"),
    words={
        "made": Words(title=N_("新しい課の数")),
        "changed": Words(title=N_("変わった課の数")),
    },
):
    """The divisions of the city pack were read in; counts of what was new and what changed."""

    made: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event, name="identity.account_closed", title=N_("アカウントの停止")):
    """An administrator closed a clerk's account for sign-in."""


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Event, name="identity.account_opened", title=N_("アカウントの再開")):
    """An administrator opened a closed account again."""


@dataclass(frozen=True, kw_only=True)
class AccountChanged(Event, name="identity.account_changed", title=N_("アカウントの変更")):
    """An administrator changed a clerk's name, its reading or her work address."""


@dataclass(frozen=True, kw_only=True)
class PostEndMoved(
    Event,
    name="identity.post_end_moved",
    title=N_("担当の期間の変更"),
    words={
        "post": Words(title=N_("担当の番号")),
        "of": Words(title=N_("担当の課")),
    },
):
    """The last day of a clerk's post was moved. `of` is the code of the post's division."""

    post: str
    of: str


@dataclass(frozen=True, kw_only=True)
class ClerksLoaded(
    Event,
    name="identity.clerks_loaded",
    title=N_("職員の一覧の読み込み"),
    words={
        "added": Words(title=N_("加えた行の数")),
        "changed": Words(title=N_("変えた行の数")),
    },
):
    """An administrator took in a workbook of clerks; counts of rows that added or changed something."""

    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class ClerksWritten(
    Event,
    name="identity.clerks_written",
    title=N_("職員の一覧の書き出し"),
    words={
        "rows": Words(title=N_("書き出した行の数")),
    },
):
    """An administrator took the list of clerks out as a workbook of so many rows."""

    rows: int
