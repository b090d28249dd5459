"""Listening: what residents write to the city (市民の声), and what they say of its drafts (パブリックコメント)."""

from dataclasses import dataclass
from typing import Final, Literal

from tsunagari.kernel.i18n.texts import N_, P_
from tsunagari.kernel.ledger.declare import Event, Words
from tsunagari.kernel.metering.declare import Counter, Events, Ratio
from tsunagari.kernel.service.declare import Service

Channel = Literal["web", "paper", "fax", "mail", "counter"]

CHANNELS: Final[dict[str, str]] = {
    "web": N_("ホームページ"),
    "paper": N_("郵便"),
    "fax": N_("ファクス"),
    "mail": N_("メール"),
    "counter": N_("窓口"),
}
"""How something reached the city, with the words of a screen."""

_CHANNEL: Final = Words(title=N_("届き方"), values=CHANNELS)
_COUNT: Final = Words(title=N_("件数"))


@dataclass(frozen=True, kw_only=True)
class VoiceReceived(
    Event,
    name="listening.voice_received",
    title=N_("市民の声の受付"),
    words={
        "channel": _CHANNEL,
        "about": Words(title=N_("あて先の課")),
        "mailed": Words(title=N_("控えのメール")),
    },
):
    """A letter came in. `about` is a division's code or ""; `mailed`: a receipt is to be mailed."""

    channel: str
    about: str
    mailed: bool


@dataclass(frozen=True, kw_only=True)
class VoiceAssigned(
    Event,
    name="listening.voice_assigned",
    title=N_("市民の声の割り振り"),
    words={"to": Words(title=N_("割り振り先の課")), "due": Words(title=N_("回答期限"))},
):
    """The office gave a letter to a division, to be answered by a day (2026-04-15)."""

    to: str
    due: str


@dataclass(frozen=True, kw_only=True)
class VoiceMerged(
    Event,
    name="listening.voice_merged",
    title=N_("同じ市民の声のまとめ"),
    words={"into": Words(title=N_("まとめた先"))},
):
    """A letter that came twice goes with the other one, whose public id is `into`."""

    into: str


@dataclass(frozen=True, kw_only=True)
class AnswerDrafted(
    Event,
    name="listening.answer_drafted",
    title=N_("回答案の保存"),
    words={"asked": Words(title=N_("承認の依頼"))},
):
    """A draft of the answer was saved; `asked`: the head was asked to approve it."""

    asked: bool


@dataclass(frozen=True, kw_only=True)
class AnswerDecided(
    Event,
    name="listening.answer_decided",
    title=N_("回答案の承認"),
    words={
        "approved": Words(title=N_("判断"), values={"true": N_("承認"), "false": N_("差し戻し")})
    },
):
    """The head of the division approved a draft, or gave it back."""

    approved: bool


@dataclass(frozen=True, kw_only=True)
class VoiceAnswered(
    Event,
    name="listening.voice_answered",
    title=N_("市民の声への回答"),
    words={
        "mailed": Words(title=N_("メールでの回答")),
        "on_time": Words(title=N_("期限内の回答")),
    },
):
    """The answer went out. `on_time` is 1 where it did so by the due day, else 0."""

    mailed: bool
    on_time: int


@dataclass(frozen=True, kw_only=True)
class VoiceClosed(Event, name="listening.voice_closed", title=N_("回答しない市民の声の完了")):
    """A letter that wants no answer was read and closed."""


@dataclass(frozen=True, kw_only=True)
class VoicePublished(
    Event,
    name="listening.voice_published",
    title=N_("市民の声の公開"),
    words={"category": Words(title=N_("分野"))},
):
    """A letter and its answer were published in the city's own wording."""

    category: str


@dataclass(frozen=True, kw_only=True)
class VoiceWithdrawn(Event, name="listening.voice_withdrawn", title=N_("市民の声の公開の取り下げ")):
    """A published letter was taken down."""


@dataclass(frozen=True, kw_only=True)
class SenderRead(
    Event,
    name="listening.sender_read",
    title=N_("差出人の閲覧"),
    words={
        "people": Words(title=N_("人数")),
        "exported": Words(
            title=N_("見方"),
            values={"true": N_("ファイルへの取り出し"), "false": N_("画面での閲覧")},
        ),
    },
):
    """A clerk looked at who had written, on a screen or in a file."""

    people: int
    exported: bool


@dataclass(frozen=True, kw_only=True)
class SendersErased(
    Event,
    name="listening.senders_erased",
    title=N_("差出人の消去"),
    words={
        "reason": Words(
            title=N_("理由"),
            values={"voice": N_("市民の声の保存期間"), "comment": N_("意見の保存期間")},
        ),
        "people": Words(title=N_("人数")),
    },
):
    """What told who had written is gone: its time was over. `subject` is the letter or the call."""

    reason: str
    people: int


@dataclass(frozen=True, kw_only=True)
class CallWritten(
    Event,
    name="listening.call_written",
    title=N_("パブリックコメントの記入"),
):
    """A call for comments was made or changed."""


@dataclass(frozen=True, kw_only=True)
class CallDecided(
    Event,
    name="listening.call_decided",
    title=N_("パブリックコメントの承認"),
    words={
        "step": Words(
            title=N_("段階"),
            values={
                "asked": N_("実施の承認の依頼"),
                "approved": N_("実施の承認"),
                "returned": N_("実施の差し戻し"),
                "withdrawn": N_("実施の取り下げ"),
                "results_asked": N_("結果の承認の依頼"),
                "results_returned": N_("結果の差し戻し"),
            },
        )
    },
):
    """A call for comments moved on, or was given back."""

    step: str


@dataclass(frozen=True, kw_only=True)
class OpinionReceived(
    Event,
    name="listening.opinion_received",
    title=N_("意見の受付"),
    words={
        "channel": _CHANNEL,
        "call": Words(title=N_("パブリックコメント")),
        "mailed": Words(title=N_("控えのメール")),
    },
):
    """Somebody sent an opinion on a call, whose public id is `call`."""

    channel: str
    call: str
    mailed: bool


@dataclass(frozen=True, kw_only=True)
class OpinionsSorted(
    Event,
    name="listening.opinions_sorted",
    title=N_("意見の整理"),
    words={
        "step": Words(
            title=N_("整理"),
            values={
                "split": N_("意見を分ける"),
                "group": N_("まとまりの記入"),
                "gathered": N_("まとまりに入れる"),
                "removed": N_("まとまりの削除"),
            },
        ),
        "opinions": _COUNT,
    },
):
    """Clerks sorted opinions. `subject` is the call."""

    step: str
    opinions: int


@dataclass(frozen=True, kw_only=True)
class ResultsPublished(
    Event,
    name="listening.results_published",
    title=N_("意見募集の結果の公表"),
    words={
        "people": Words(title=N_("人数")),
        "opinions": Words(title=N_("意見の件数")),
        "answered": Words(title=N_("回答した意見の件数")),
    },
):
    """The city published what was said and what it answers."""

    people: int
    opinions: int
    answered: int


service = Service(
    id="listening",
    title=N_("市民の声とパブリックコメント"),
    purpose=N_(
        "市への意見や提案を、いつでも送れます。計画や条例の案に意見を出し、市の考え方を読めます。"
    ),
    division="hisho-koho",
    zone="internet",
    measures=("3/7-1", "P/2"),
    meters=(
        Counter(
            id="listening.voices_received",
            title=N_("届いた市民の声"),
            unit=P_("letters", "件"),
            how=N_(
                "受け付けた市民の声を、1通につき1件と数えます。同じ内容が二度届いたものも、届いた数に入ります。パブリックコメントの意見は入りません。"
            ),
            counts=Events(name=VoiceReceived.name),
            dimensions=("channel",),
        ),
        Counter(
            id="listening.voices_answered",
            title=N_("回答した市民の声"),
            unit=P_("letters", "件"),
            how=N_("回答を送った市民の声を、1通につき1件と数えます。"),
            counts=Events(name=VoiceAnswered.name),
        ),
        Counter(
            id="listening.voices_on_time",
            title=N_("期限内に回答した市民の声"),
            unit=P_("letters", "件"),
            how=N_(
                "回答を送った市民の声のうち、割り振りのときに決めた期限の日までに送ったものの数です。"
            ),
            counts=Events(name=VoiceAnswered.name, amount="on_time"),
        ),
        Ratio(
            id="listening.on_time_share",
            title=N_("期限内に回答した割合"),
            unit=P_("share of all, which is 1", "（全部で1）"),
            how=N_(
                "回答した市民の声のうち、期限の日までに回答したものの割合です。全部が期限内なら1、半分なら0.5になります。期間ごとに件数を合計してから割ります。"
            ),
            numerator="listening.voices_on_time",
            denominator="listening.voices_answered",
        ),
        Counter(
            id="listening.opinions_received",
            title=N_("パブリックコメントに意見を出した人"),
            unit=P_("people", "人"),
            how=N_(
                "パブリックコメントに届いた意見書を、1通につき1人と数えます。郵便・ファクス・メール・窓口で届き、職員が登録したものも入ります。"
            ),
            counts=Events(name=OpinionReceived.name),
            dimensions=("channel",),
        ),
        Counter(
            id="listening.opinions_answered",
            title=N_("市の考え方を公表した意見"),
            unit=P_("opinions", "件"),
            how=N_(
                "結果を公表したパブリックコメントの意見のうち、市の考え方を示したものの数です。1通に複数の意見があるときは、分けて数えます。"
            ),
            counts=Events(name=ResultsPublished.name, amount="answered"),
        ),
    ),
    face_to_face=N_("市民相談の窓口"),
)
