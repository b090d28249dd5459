"""What a service may say of its meters: frozen data, no Django."""

from dataclasses import dataclass
from typing import Literal

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.declare import Event, Words

Accumulation = Literal["flow", "stock"]
"""flow: occurrences in a period, added up. stock: how many there are at the end of a period."""

TITLES: dict[str, str] = {}
"""The title of every meter by its id, for events that name one; filled as the door takes them in."""


@dataclass(frozen=True, kw_only=True)
class Meter:
    """What every meter has.

    `id` is "<service>.<word>" and never changes. `title` and `how` are Japanese, marked with N_; `how`
    tells a resident in one or two sentences what is counted and what is not. `unit` is marked with P_
    and what it counts, P_("page views", "件"): one counting word is many words in English.
    """

    id: str
    title: str
    unit: str
    how: str

    @property
    def accumulation(self) -> Accumulation:
        """Whether figures of its periods add up (flow) or the last one stands (stock)."""
        return "flow"


@dataclass(frozen=True, kw_only=True)
class PageViews:
    """Page views as the edge counts them; `service` is a service's id, or "" for the whole site."""

    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Events:
    """Events of one name in the ledger. `amount` names a whole-number field to add up; "" counts 1.

    `where` names text fields and what they must hold, so that a meter counts some of these events only.
    """

    name: str
    amount: str = ""
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counter(Meter):
    """Counts what happens. `dimensions` name fields of the event (or service, page, language, division,
    subject of a view). `slices_from` is the finest grain for which each slice has a sum of its own: "day"
    where there are thousands of them, so that the hours hold their total alone.
    """

    counts: PageViews | Events
    dimensions: tuple[str, ...] = ()
    slices_from: Literal["hour", "day"] = "hour"


@dataclass(frozen=True, kw_only=True)
class Gauge(Meter):
    """A state now, kept as a daily value. `reads` names a reading that an engine offers."""

    reads: str
    dimensions: tuple[str, ...] = ()

    @property
    def accumulation(self) -> Accumulation:
        """The last value of a period stands for it."""
        return "stock"


@dataclass(frozen=True, kw_only=True)
class Ratio(Meter):
    """Two meters: numerators are summed, denominators are summed, and the division comes last."""

    numerator: str
    denominator: str


@dataclass(frozen=True, kw_only=True)
class Loaded(Meter):
    """Monthly figures from outside, by file or API, each with its source.

    `column` is the heading of the figure's column in the file. `source` names who makes the figures.
    """

    column: str
    source: str
    adds: Accumulation
    division: str
    """The division whose key may load it."""

    @property
    def accumulation(self) -> Accumulation:
        """As declared in `adds`."""
        return self.adds


@dataclass(frozen=True, kw_only=True)
class Sum(Meter):
    """Metered and loaded parts added up, shown apart. `rule` says how nothing is counted twice."""

    parts: tuple[str, ...]
    rule: str


@dataclass(frozen=True, kw_only=True)
class FiguresLoaded(
    Event,
    name="metering.figures_loaded",
    title=N_("数値の取り込み"),
    words={
        "meter": Words(title=N_("数値"), values=TITLES),
        "months": Words(title=N_("変わった月の数")),
        "figures": Words(title=N_("変わった数値")),
        "way": Words(
            title=N_("取り込み方"), values={"file": N_("ファイル"), "api": N_("鍵による送信")}
        ),
    },
):
    """Monthly figures came in from outside. `way` is file or api, `months` how many changed.

    `figures` says which (2026-04=203 2026-05=310): what is shown is laid beside it every night.
    """

    meter: str
    months: int
    figures: str
    way: str


@dataclass(frozen=True, kw_only=True)
class SumsMended(
    Event,
    name="metering.sums_mended",
    title=N_("合計の数え直し"),
    words={
        "meter": Words(title=N_("数値"), values=TITLES),
        "fiscal_year": Words(title=N_("年度")),
        "periods": Words(title=N_("直した合計の数")),
    },
):
    """A recomputation found sums of one fiscal year that did not agree with what was counted, and set
    them right."""

    meter: str
    fiscal_year: int
    periods: int


@dataclass(frozen=True, kw_only=True)
class SumsDiffer(
    Event,
    name="metering.sums_differ",
    title=N_("合計と記録の違い"),
    words={
        "meter": Words(title=N_("数値"), values=TITLES),
        "sums": Words(title=N_("違っていた合計の数")),
    },
):
    """A recount found sums that do not agree with what was counted, and that were not told before."""

    meter: str
    sums: int


@dataclass(frozen=True, kw_only=True)
class MendingAsked(
    Event,
    name="metering.mending_asked",
    title=N_("合計を直す依頼"),
    words={"meter": Words(title=N_("数値"), values=TITLES)},
):
    """Somebody decided that the sums of a meter are to be set right by what was counted."""

    meter: str
