"""What a service may say to content, and what it says to the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.declare import Event, Words
from tsunagari.kernel.service.declare import Engine

engine = Engine(
    id="content",
    title=N_("情報発信"),
    purpose=N_(
        "市のページ・お知らせ・質問と答えを、課が書き、確かめ、承認して公開します。災害のときも読める形を保ちます。"
    ),
    zone="internet",
)

Kind = Literal["home", "topic", "page", "list", "news", "event", "question"]
"""What a page is."""

KINDS: Final[dict[Kind, str]] = {
    "home": N_("ホーム"),
    "topic": N_("分野"),
    "page": N_("ページ"),
    "list": N_("一覧"),
    "news": N_("お知らせ"),
    "event": N_("イベント"),
    "question": N_("よくある質問"),
}
"""Each kind with the words a screen shows for it."""

_KIND_VALUES: Final[Mapping[str, str]] = {str(kind): title for kind, title in KINDS.items()}


@dataclass(frozen=True, kw_only=True)
class Site:
    """The city's own site: the division of the service that takes this part is the office of the website,
    which may edit every page and takes the last step of each approval. One service has it."""

    @property
    def engine(self) -> str:
        return "content"

    def errors(self) -> Iterator[str]:
        """Nothing can be wrong with it by itself."""
        return iter(())


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the site belongs to the service: its pages are counted as the service's own.

    `paths` are addresses of topics below the home, in Japanese ("welfare/disability-life/"); what stands below
    them belongs to it in every language. `life_events` are codes of the city pack: questions about them belong
    to it too.
    """

    paths: tuple[str, ...]
    life_events: tuple[str, ...] = ()

    @property
    def engine(self) -> str:
        return "content"

    @property
    def page_words(self) -> Mapping[str, str]:
        """What its kinds of pages are called where its views are shown."""
        return {str(kind): title for kind, title in KINDS.items()}

    def errors(self) -> Iterator[str]:
        """The door prints these after the service's folder."""
        for path in self.paths:
            if not path or path.startswith("/") or not path.endswith("/"):
                yield f"Section: path {path!r} is no address of a topic; write it like 'welfare/disability-life/'."


@dataclass(frozen=True, kw_only=True)
class PagePublished(
    Event,
    name="content.page_published",
    title=N_("ページを公開した"),
    words={
        "kind": Words(title=N_("ページの種類"), values=_KIND_VALUES),
        "language": Words(title=N_("ことば")),
        "first": Words(title=N_("はじめての公開")),
    },
):
    """A page became readable, for the first time or in a new wording. `subject` is the page."""

    kind: str
    language: str
    first: bool


@dataclass(frozen=True, kw_only=True)
class PageWithdrawn(
    Event,
    name="content.page_withdrawn",
    title=N_("ページの公開を終えた"),
    words={
        "kind": Words(title=N_("ページの種類"), values=_KIND_VALUES),
        "language": Words(title=N_("ことば")),
        "expired": Words(title=N_("期限で終わった")),
    },
):
    """A page is readable no more. `subject` is the page."""

    kind: str
    language: str
    expired: bool


@dataclass(frozen=True, kw_only=True)
class Answered(
    Event,
    name="content.answered",
    title=N_("「役に立ちましたか」に答えがあった"),
    words={
        "kind": Words(title=N_("ページの種類"), values=_KIND_VALUES),
        "language": Words(title=N_("ことば")),
        "helped": Words(
            title=N_("役に立った"), values={"yes": N_("役に立った"), "no": N_("役に立たなかった")}
        ),
        "service": Words(title=N_("サービス")),
    },
):
    """A reader said whether a page helped, "yes" or "no". `subject` is the page; there is no actor."""

    kind: str
    language: str
    helped: str
    service: str


@dataclass(frozen=True, kw_only=True)
class EmergencyBegun(
    Event,
    name="content.emergency_begun",
    title=N_("緊急のお知らせを出した"),
    words={
        "light": Words(title=N_("ホームを緊急ページにした")),
        "drill": Words(title=N_("訓練")),
    },
):
    """Every page says the emergency from now on. `subject` is the announcement."""

    light: bool
    drill: bool


@dataclass(frozen=True, kw_only=True)
class EmergencyReworded(
    Event,
    name="content.emergency_reworded",
    title=N_("緊急のお知らせを書き直した"),
    words={
        "light": Words(title=N_("ホームを緊急ページにした")),
        "drill": Words(title=N_("訓練")),
        "before": Words(title=N_("前のお知らせ")),
    },
):
    """Every page says it in new words. `subject` is the new wording, `before` the public id of the last."""

    light: bool
    drill: bool
    before: str


@dataclass(frozen=True, kw_only=True)
class EmergencyEnded(
    Event,
    name="content.emergency_ended",
    title=N_("緊急のお知らせを終えた"),
    words={"drill": Words(title=N_("訓練"))},
):
    """No page says it any more. `subject` is the announcement."""

    drill: bool


@dataclass(frozen=True, kw_only=True)
class QuestionSent(
    Event,
    name="content.question_sent",
    title=N_("見つからなかった質問が届いた"),
    words={"language": Words(title=N_("ことば"))},
):
    """Somebody sent a question to which she found no answer. `subject` is the question; there is no actor."""

    language: str


@dataclass(frozen=True, kw_only=True)
class QuestionSettled(
    Event,
    name="content.question_settled",
    title=N_("答えのない質問を処理した"),
    words={
        "how": Words(
            title=N_("どうしたか"),
            values={
                "answered": N_("答えを書いた"),
                "merged": N_("ほかの質問とまとめた"),
                "aside": N_("答えないことにした"),
            },
        )
    },
):
    """A clerk settled it. `subject` is the question."""

    how: str


@dataclass(frozen=True, kw_only=True)
class QuestionForgotten(
    Event, name="content.question_forgotten", title=N_("保存期間の終わった質問を消した")
):
    """A question that came more than a year ago was deleted. `subject` is the question."""


ROUNDS: Final[dict[str, str]] = {
    "check": N_("点検"),
    "mend": N_("まとめて直す"),
    "links": N_("リンクの確認"),
    "hand_over": N_("組織変更の引き継ぎ"),
}
"""Work on many pages at once, with the words a screen shows for it."""

CAPACITIES: Final[dict[str, str]] = {
    "head": N_("課長として"),
    "deputy": N_("課長の代理として"),
    "site": N_("サイトを運営する課として"),
    "administrator": N_("システム管理者として"),
}
"""As what somebody decides about a page."""


@dataclass(frozen=True, kw_only=True)
class RoundAsked(
    Event,
    name="content.round_asked",
    title=N_("まとめての作業を頼んだ"),
    words={"kind": Words(title=N_("作業"), values=ROUNDS)},
):
    """Work on many pages waits for the worker. `subject` is the round."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class RoundEnded(
    Event,
    name="content.round_ended",
    title=N_("まとめての作業が終わった"),
    words={
        "kind": Words(title=N_("作業"), values=ROUNDS),
        "changed": Words(title=N_("変わったページ")),
        "skipped": Words(title=N_("変えなかったページ")),
    },
):
    """Work on many pages is done. `subject` is the round."""

    kind: str
    changed: int
    skipped: int


@dataclass(frozen=True, kw_only=True)
class WordKept(Event, name="content.word_kept", title=N_("市の用語を書いた")):
    """A word of the city's dictionary was added or changed. `subject` is the word's row."""


@dataclass(frozen=True, kw_only=True)
class WordRemoved(Event, name="content.word_removed", title=N_("市の用語を消した")):
    """A word of the city's dictionary was taken out. `subject` was its row."""


@dataclass(frozen=True, kw_only=True)
class WordsLoaded(
    Event,
    name="content.words_loaded",
    title=N_("市の用語を読み込んだ"),
    words={
        "added": Words(title=N_("加えた言葉")),
        "changed": Words(title=N_("変えた言葉")),
    },
):
    """Words came in from a file. `subject` is this loading."""

    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class PageConfirmed(Event, name="content.page_confirmed", title=N_("ページの内容を確かめた")):
    """A division read its page again and found it right. `subject` is the page."""


@dataclass(frozen=True, kw_only=True)
class DeputyNamed(
    Event,
    name="content.deputy_named",
    title=N_("承認の代理を決めた"),
    words={
        "of": Words(title=N_("代理をする課")),
        "deputy": Words(title=N_("代理の職員の番号")),
        "begins": Words(title=N_("はじめの日")),
        "ends": Words(title=N_("終わりの日")),
    },
):
    """Somebody decides for a division's head between two days. `subject` is the row of the deputy."""

    of: str
    deputy: str
    begins: str
    ends: str


@dataclass(frozen=True, kw_only=True)
class DeputyEnded(
    Event,
    name="content.deputy_ended",
    title=N_("承認の代理を終えた"),
    words={"of": Words(title=N_("代理をした課"))},
):
    """A deputy decides no more, from this day on. `subject` is the row of the deputy."""

    of: str


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(
    Event,
    name="content.approval_asked",
    title=N_("承認の順番が来た"),
    words={
        "office": Words(
            title=N_("だれの番か"),
            values={"head": N_("課長"), "site": N_("サイトを運営する課")},
        ),
        "step": Words(title=N_("承認の番号")),
    },
):
    """A page waits for an office's decision. `subject` is the page, `step` the state of the step."""

    office: str
    step: int


@dataclass(frozen=True, kw_only=True)
class Decided(
    Event,
    name="content.decided",
    title=N_("ページの公開を決めた"),
    words={
        "decision": Words(
            title=N_("決めたこと"),
            values={"approved": N_("承認した"), "returned": N_("差し戻した")},
        ),
        "capacity": Words(title=N_("どの立場で"), values=CAPACITIES),
        "step": Words(title=N_("承認の番号")),
    },
):
    """An office decided about a page. `subject` is the page."""

    decision: str
    capacity: str
    step: int


@dataclass(frozen=True, kw_only=True)
class PublishedInEmergency(
    Event, name="content.published_in_emergency", title=N_("承認の前に緊急に公開した")
):
    """A page was published without approval, to be checked afterwards. `subject` is the page."""


@dataclass(frozen=True, kw_only=True)
class CheckedLater(
    Event,
    name="content.checked_later",
    title=N_("緊急の公開をあとで確かめた"),
    words={
        "verdict": Words(
            title=N_("結果"),
            values={
                "right": N_("内容は正しい"),
                "mended": N_("直した"),
                "withdrawn": N_("公開をやめた"),
            },
        ),
    },
):
    """What was published in an emergency was checked. `subject` is the page."""

    verdict: str


@dataclass(frozen=True, kw_only=True)
class ScheduleRefused(
    Event,
    name="content.schedule_refused",
    title=N_("予約した公開ができなかった"),
    words={"faults": Words(title=N_("公開できない問題"))},
):
    """A page was to be published at its time and has faults that refuse it. `subject` is the page."""

    faults: int


@dataclass(frozen=True, kw_only=True)
class ScheduleFailed(
    Event,
    name="content.schedule_failed",
    title=N_("予約した公開か公開の終わりで、エラーが起きた"),
):
    """Something broke when a page was to be published or to end at its time; it is tried again. `subject` is the page."""


@dataclass(frozen=True, kw_only=True)
class AddressAdded(
    Event,
    name="content.address_added",
    title=N_("前のアドレスを加えた"),
    words={"addresses": Words(title=N_("アドレスの数"))},
):
    """Old addresses lead to pages from now on. `subject` is the page, or this loading of many."""

    addresses: int


@dataclass(frozen=True, kw_only=True)
class AddressRemoved(Event, name="content.address_removed", title=N_("前のアドレスを消した")):
    """An old address leads nowhere any more. `subject` is the page to which it led."""


@dataclass(frozen=True, kw_only=True)
class HandedOver(
    Event,
    name="content.handed_over",
    title=N_("課のページを引き継いだ"),
    words={
        "before": Words(title=N_("前の課")),
        "after": Words(title=N_("新しい課")),
        "pages": Words(title=N_("引き継いだページ")),
        "contacts": Words(title=N_("問い合わせ先を変えたページ")),
    },
):
    """The pages of a division went to the division that does its work now. `subject` is the round."""

    before: str
    after: str
    pages: int
    contacts: int


@dataclass(frozen=True, kw_only=True)
class ImportAsked(
    Event,
    name="content.import_asked",
    title=N_("古いサイトの取り込みを始めた"),
):
    """An old site is to be brought over as drafts. `subject` is the import."""
