"""What the plan engine is, and what it says to the ledger."""

from dataclasses import dataclass
from typing import Final

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.declare import Event, Words
from tsunagari.kernel.service.declare import Engine

engine = Engine(
    id="plan",
    title=N_("計画と成果指標"),
    purpose=N_(
        "市の計画の取組・成果指標・目標を示し、どこまで進んだかを決まった計算のしかたで公表します。"
    ),
    zone="lgwan",
)


@dataclass(frozen=True, kw_only=True)
class PlanLoaded(
    Event,
    name="plan.loaded",
    title=N_("計画の読み込み"),
    words={
        "code": Words(title=N_("計画の番号")),
        "measures": Words(title=N_("取組の数")),
        "changed": Words(title=N_("変わった項目の数")),
    },
):
    """A plan was read from the city pack and something in it was new. `code` is the plan's."""

    code: str
    measures: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class FigureSuperseded(
    Event,
    name="plan.figure_superseded",
    title=N_("数値の置き換え"),
    words={
        "figure": Words(
            title=N_("数値の種類"), values={"target": N_("目標値"), "value": N_("実績値")}
        ),
        "fiscal_year": Words(title=N_("年度")),
        "before": Words(title=N_("前の数値")),
        "after": Words(title=N_("新しい数値")),
    },
):
    """A target or a value got a successor; the old one is kept. `figure` is "target" or "value".

    `before` and `after` are decimal figures as text, "" where there is none.
    """

    figure: str
    fiscal_year: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class SurroundingsLoaded(
    Event,
    name="plan.surroundings_loaded",
    title=N_("計画の背景と情報基盤の読み込み"),
    words={"changed": Words(title=N_("変わった項目の数"))},
):
    """Drivers or assets were read from the city pack and something in them was new. Its subject is the
    edition that came of it."""

    changed: int


@dataclass(frozen=True, kw_only=True)
class PlanEdited(
    Event,
    name="plan.edited",
    title=N_("計画の記載の修正"),
    words={
        "kind": Words(
            title=N_("直したもの"),
            values={
                "plan": N_("計画"),
                "section": N_("分野・一覧"),
                "viewpoint": N_("視点"),
                "action_plan": N_("年度のアクションプラン"),
                "measure": N_("取組"),
                "stage": N_("段階"),
                "lineage": N_("もとになった取組"),
                "action": N_("年度の取組内容"),
                "indicator": N_("指標"),
                "driver": N_("背景"),
                "asset": N_("情報基盤"),
            },
        ),
        "fields": Words(title=N_("直した項目"), values={"added": N_("追加")}),
    },
):
    """Somebody edited what the plan says, or added to it. `fields` names what changed, with commas
    between; the texts themselves stand in the plan's own history."""

    kind: str
    fields: str


_FIGURES: Final = {"target": N_("目標値"), "value": N_("実績値")}


@dataclass(frozen=True, kw_only=True)
class FigureEntered(
    Event,
    name="plan.figure_entered",
    title=N_("数値の登録"),
    words={
        "figure": Words(title=N_("数値の種類"), values=_FIGURES),
        "fiscal_year": Words(title=N_("年度")),
        "month": Words(title=N_("月")),
    },
):
    """A target or a value stands where none stood before. `month` is 1 to 12, None for a whole year."""

    figure: str
    fiscal_year: int
    month: int | None


@dataclass(frozen=True, kw_only=True)
class FiguresReadIn(
    Event,
    name="plan.figures_read_in",
    title=N_("実績の表の読み込み"),
    words={"changed": Words(title=N_("変わった数値の数"))},
):
    """Figures came by a file; each one has its own event beside this. Its subject is the plan, "" for
    several."""

    changed: int


@dataclass(frozen=True, kw_only=True)
class FiguresWritten(
    Event,
    name="plan.figures_written",
    title=N_("実績の表の書き出し"),
    words={"rows": Words(title=N_("行の数"))},
):
    """A table of figures left as a file."""

    rows: int


_EVIDENCE: Final = {
    "file": Words(title=N_("ファイルがある")),
    "public": Words(title=N_("市民に公開している")),
}


@dataclass(frozen=True, kw_only=True)
class EvidenceAttached(
    Event, name="plan.evidence_attached", title=N_("根拠資料の登録"), words=_EVIDENCE
):
    """Evidence was put behind a figure. `file`: it holds a file; `public`: residents may open it."""

    file: bool
    public: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceShown(
    Event,
    name="plan.evidence_shown",
    title=N_("根拠資料の公開の切り替え"),
    words={"public": Words(title=N_("市民に公開している"))},
):
    """Evidence was opened to residents, or closed to them."""

    public: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceWithdrawn(
    Event,
    name="plan.evidence_withdrawn",
    title=N_("根拠資料の取り下げ"),
    words={"file": Words(title=N_("ファイルを消した"))},
):
    """Evidence that was given by mistake was withdrawn. `file`: a file was taken out of the store."""

    file: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceRead(Event, name="plan.evidence_read", title=N_("根拠資料の閲覧")):
    """A clerk took out evidence that residents cannot open. Its subject is the evidence."""
