"""What the plan engine is, and what it says to the ledger."""

from dataclasses import dataclass

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
