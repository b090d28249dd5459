"""What a decision on a year's measures must say, by its kind; pure, so that screen and action ask the same."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.rules.text_revisions import WantedTextRevision, text_faults
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.texts import N_, P_

Fault = tuple[str, str]
"""Where it is wrong ("reason", "heir-0-number", "revision-1-new", "" for the whole) and the sentence."""

STOPPED: Final = "stopped"
STAGES: Final[Mapping[str, str]] = {
    "research": P_("stage", "調査研究"),
    "evaluate": P_("stage", "適用検討"),
    "introduce": P_("stage", "導入実行"),
    STOPPED: P_("stage", "中止"),
}
"""Where a measure that is managed by stages may be moved (基本方針の段階)."""

PHASES: Final = ("checking", "committee", "acting")
"""The phases of a year in which decisions are written; they are carried out in the last one."""

GOES_ON: Final = ("continue", "expand", "improve")
"""Kinds after which a measure stays itself while its plan lasts."""

_LINEAGES: Final[Mapping[str, str]] = {"merge": "merged", "split": "split", "new": ""}
_SHEETS: Final = {"merge": (2, None), "new": (0, 0)}
_HEIRS: Final = {"merge": (1, 1), "split": (2, None), "new": (1, 1)}
_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,11}")
LONGEST: Final = {"reason": 2000, "against": 500, "name": 200, "planned": 2000, "revision": 300}
"""Letters of the longest texts."""

HELP: Final[Mapping[str, str]] = {
    "continue": N_("いまの内容のまま続けます。"),
    "expand": N_("対象や予算を広げて続けます。"),
    "improve": N_("進め方を改めて続けます。"),
    "merge": N_("いくつかの取組を、一つの新しい取組にまとめます。もとの取組は終わります。"),
    "split": N_("一つの取組を、二つ以上の新しい取組に分けます。もとの取組は終わります。"),
    "abolish": N_("この年度を最後に終わります。"),
    "new": N_("もとになる取組のない、新しい取組を加えます。"),
}
"""What each kind does."""


@dataclass(frozen=True, kw_only=True)
class WantedHeir:
    """A measure that is to be made. `indicators` are public ids of those that go on with it. `kind` says how
    it is managed (the plan's MEASURE_KINDS), "" where nobody was asked: as its origins were. `managed_in` is
    the other plan of one that is managed elsewhere."""

    number: str
    name: str
    section: str
    divisions: tuple[str, ...]
    name_en: str = ""
    indicators: tuple[str, ...] = ()
    planned: str = ""
    kind: str = ""
    managed_in: str = ""


@dataclass(frozen=True, kw_only=True)
class WantedRevision:
    """A target of a fiscal year that is to change from `old` to `new`; None for no target."""

    indicator: str
    fiscal_year: int
    old: Decimal | None
    new: Decimal | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class WantedDecision:
    """A decision as it was typed. `sheets` and `candidate` are public ids; `stage_to` is one of STAGES, ""
    for no move; `met` says of each criterion of the ground whether it was met."""

    kind: str
    sheets: tuple[str, ...] = ()
    reason: str = ""
    stage_to: str = ""
    met: tuple[bool, ...] = ()
    against: str = ""
    candidate: str = ""
    heirs: tuple[WantedHeir, ...] = ()
    revisions: tuple[WantedRevision, ...] = ()
    texts: tuple[WantedTextRevision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a decision stands on. `plan` is the code of the plan in which it is carried out, "" where the
    year is the last one and no plan follows; `moves_on`: it is another plan than the year's own.
    `taken` are numbers of that plan and of other decisions' heirs. `staged`: it is managed by stages;
    `criteria` were set beforehand. `targets` are the standing figures by indicator and fiscal year, `texts`
    what indicators read now, by indicator and key."""

    year: int
    plan: str
    moves_on: bool
    last_year: int
    staged: bool
    stage_from: str
    criteria: tuple[str, ...]
    indicators: frozenset[str]
    targets: Mapping[tuple[str, int], Decimal]
    sections: frozenset[str]
    taken: frozenset[str] = field(default_factory=frozenset)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def faults_of(wanted: WantedDecision, ground: Ground) -> list[Fault]:
    """Everything that is wrong with a decision; [] when it can be kept."""
    if wanted.kind not in DECISIONS:
        return [("kind", _("決定を選んでください。"))]
    if not ground.plan and wanted.kind != "abolish":
        return [("kind", no_successor())]
    return [
        *_told(wanted),
        *_counted(wanted),
        *_stage(wanted, ground),
        *_heirs(wanted, ground),
        *_revisions(wanted, ground),
        *_texts(wanted, ground),
    ]


def is_settled(until_year: int | None, first: int) -> bool:
    """Whether a measure's end was set before, so that nothing is left to decide of it for the year `first`."""
    return until_year is not None and until_year < first


def lineage_of(kind: str) -> str:
    """How the heirs of a kind of decision are tied to their origins: continued, merged, split; "" for a kind
    that has none."""
    return _LINEAGES.get(kind, "continued")


def no_successor() -> str:
    """What is said where the plan is over before decisions hold, and no other follows."""
    return _(
        "決定を反映する年度の前に、この計画は終わります。続けるには、次の計画を先に登録し、「前の計画」にこの計画を選んでください。"
    )


def heirs_asked(kind: str, *, moves_on: bool) -> tuple[int, int | None]:
    """How many heirs a kind asks for: at least, and at most (None: as many as one likes)."""
    if kind in GOES_ON:
        return (1, 1) if moves_on else (0, 0)
    return _HEIRS.get(kind, (0, 0))


def _told(wanted: WantedDecision) -> Iterator[Fault]:
    if not wanted.reason and wanted.kind != "continue":
        yield "reason", _("決定の理由を入力してください。年次報告に載ります。")
    for name in ("reason", "against"):
        if len(getattr(wanted, name)) > LONGEST[name]:
            yield name, _too_long(LONGEST[name])


def _too_long(most: int) -> str:
    return _("%(most)d文字までにしてください。") % {"most": most}


def _counted(wanted: WantedDecision) -> Iterator[Fault]:
    least, most = _SHEETS.get(wanted.kind, (1, 1))
    count = len(set(wanted.sheets))
    if wanted.kind == "merge" and count < least:
        yield "sheets", _("統合する取組を2つ以上選んでください。")
    elif count < least or (most is not None and count > most):
        yield "sheets", _("この決定に合う取組の数ではありません。選び直してください。")


def _stage(wanted: WantedDecision, ground: Ground) -> Iterator[Fault]:
    to = wanted.stage_to
    if not to:
        return
    if to not in STAGES or not ground.staged:
        yield "stage_to", _("段階は、段階で管理する取組だけが移れます。")
    elif wanted.kind == "abolish" and to != STOPPED:
        yield "stage_to", _("廃止する取組は、「中止」のほかの段階には移れません。")
    elif to == STOPPED and wanted.kind != "abolish":
        yield "kind", _("「中止」にすると取組は終わります。決定は「廃止」を選んでください。")
    elif wanted.kind not in (*GOES_ON, "abolish"):
        yield "stage_to", _("統合・分割・新規では、段階を移しません。新しい取組で決めてください。")
    elif to == ground.stage_from:
        yield "stage_to", _("いまの段階と同じです。移らないときは「移さない」を選んでください。")
    if len(wanted.met) != len(ground.criteria):
        yield "stage_to", _("基準が変わっています。画面を開き直して、確かめてください。")
    elif needs_against(wanted) and not wanted.against:
        yield "against", _against(ground)


def needs_against(wanted: WantedDecision) -> bool:
    """Whether a stage is moved although not all criteria are met, or none were set beforehand."""
    return bool(wanted.stage_to) and (not wanted.met or not all(wanted.met))


def _against(ground: Ground) -> str:
    if not ground.criteria:
        return _("前もって決めた基準がありません。それでも段階を移す理由を入力してください。")
    return _("満たしていない基準があります。それでも段階を移す理由を入力してください。")


def _heirs(wanted: WantedDecision, ground: Ground) -> Iterator[Fault]:
    least, most = heirs_asked(wanted.kind, moves_on=ground.moves_on)
    if len(wanted.heirs) < least:
        yield "heirs", _("新しい取組を%(least)dつ以上入力してください。") % {"least": least}
    if most is not None and len(wanted.heirs) > most:
        yield "heirs", _("新しい取組が多すぎます。")
    numbers = Counter(each.number for each in wanted.heirs)
    for place, heir in enumerate(wanted.heirs):
        for key, sentence in _heir(heir, ground, numbers):
            yield f"heir-{place}-{key}", sentence
    shared = Counter(key for each in wanted.heirs for key in set(each.indicators))
    for place, heir in enumerate(wanted.heirs):
        if any(shared[key] > 1 for key in heir.indicators):
            yield (
                f"heir-{place}-indicators",
                _("一つの指標を引き継げる取組は、一つだけです。どちらかを外してください。"),
            )


def _heir(heir: WantedHeir, ground: Ground, numbers: Counter[str]) -> Iterator[Fault]:
    if not _NUMBER.fullmatch(heir.number):
        yield (
            "number",
            _("番号は、半角の英数字とハイフンで12文字までで入力してください（例：31、7-1）。"),
        )
    elif heir.number in plan_api.RESERVED_NUMBERS:
        yield "number", _("この番号は、ページの住所に使う言葉です。別の番号にしてください。")
    elif heir.number in ground.taken or numbers[heir.number] > 1:
        yield "number", _("この番号は、ほかの取組が使っています。別の番号にしてください。")
    if not heir.name:
        yield "name", _("取組の名前を入力してください。")
    for key, text in (("name", heir.name), ("name_en", heir.name_en), ("planned", heir.planned)):
        most = LONGEST["planned" if key == "planned" else "name"]
        if len(text) > most:
            yield key, _too_long(most)
    if heir.section not in ground.sections:
        yield "section", _("分野・一覧を選んでください。")
    yield from _managed(heir)
    if not heir.divisions:
        yield "divisions", _("課を一つ以上選んでください。")
    if not set(heir.indicators) <= ground.indicators:
        yield "indicators", _("もとの取組にない指標です。選び直してください。")


def _managed(heir: WantedHeir) -> Iterator[Fault]:
    """How a new measure is managed."""
    if heir.kind and heir.kind not in plan_api.MEASURE_KINDS:
        yield "kind", _("管理のしかたを選んでください。")
    elif heir.indicators and heir.kind not in ("", "indicator"):
        yield (
            "kind",
            _(
                "指標を引き継ぐ取組は、「成果指標で管理」になります。選び直すか、引き継ぐ指標の印を外してください。"
            ),
        )
    if len(heir.managed_in) > LONGEST["name"]:
        yield "managed_in", _too_long(LONGEST["name"])
    elif heir.kind == "elsewhere" and not heir.managed_in:
        yield "managed_in", _("管理している計画の名前を入力してください。")


def _texts(wanted: WantedDecision, ground: Ground) -> Iterator[Fault]:
    if wanted.texts and wanted.kind in ("abolish", "new"):
        yield "texts", _("廃止と新規では、指標を見直しません。")
        return
    goes_on = {key for heir in wanted.heirs for key in heir.indicators}
    left = ground.indicators - goes_on if wanted.heirs else frozenset()
    yield from text_faults(wanted.texts, ground.texts, left_behind=left)


def _revisions(wanted: WantedDecision, ground: Ground) -> Iterator[Fault]:
    if wanted.revisions and wanted.kind in ("abolish", "new"):
        yield "revisions", _("廃止と新規では、目標値を変えません。")
        return
    goes_on = {key for heir in wanted.heirs for key in heir.indicators}
    for place, each in enumerate(wanted.revisions):
        for key, sentence in _revision(each, ground):
            yield f"revision-{place}-{key}", sentence
        if wanted.heirs and each.indicator in ground.indicators - goes_on:
            yield (
                f"revision-{place}-new",
                _(
                    "この指標は新しい取組に引き継がれません。引き継ぐ指標に加えるか、目標値を元に戻してください。"
                ),
            )


def _revision(each: WantedRevision, ground: Ground) -> Iterator[Fault]:
    if each.indicator not in ground.indicators:
        yield "new", _("この取組にない指標です。選び直してください。")
    elif not ground.year < each.fiscal_year <= ground.last_year:
        yield "new", _("目標値を変えられるのは、次の年度から計画の終わりまでです。")
    elif ground.targets.get((each.indicator, each.fiscal_year)) != each.old:
        yield "new", _("目標値がほかの人に変えられています。いまの数値を確かめてください。")
    elif each.new == each.old:
        yield "new", _("前の目標値と同じです。")
    if not each.reason:
        yield "reason", _("目標値を変える理由を入力してください。")
    elif len(each.reason) > LONGEST["revision"]:
        yield "reason", _too_long(LONGEST["revision"])


def criteria_of(text: str) -> tuple[str, ...]:
    """The criteria of a sheet, one a line."""
    return tuple(line for line in text.split("\n") if line)


def kept_criteria(criteria: Sequence[str], met: Sequence[bool]) -> list[dict[str, object]]:
    """Criteria as a decision keeps them."""
    return [{"text": text, "met": told} for text, told in zip(criteria, met, strict=True)]
