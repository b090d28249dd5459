"""How a status came about: the rule, and the numbers put into it so that anybody can check it by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from tsunagari.engines.plan.api import (
    REASONS,
    IndicatorState,
    PlanHead,
    Result,
    ScaleHead,
    TargetState,
    mark_in,
)
from tsunagari.engines.plan.rules.progress import UNTOLD, Aim, holds, stepped
from tsunagari.engines.plan.views.words import amount, year_words
from tsunagari.kernel.design.figures import figure


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the reckoning: what is reckoned, and how, with its numbers."""

    term: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The figures that go in, the reckoning, the thresholds used (none where no pace counts), what
    comes out ("" where nothing will any more), and its reason."""

    inputs: tuple[Step, ...]
    steps: tuple[Step, ...]
    scale: tuple[str, ...]
    outcome: str
    reason: str


def judgement(
    head: PlanHead, indicator: IndicatorState, language: str, *, ended: bool = False
) -> Judgement:
    """The judgement of one indicator in the reader's language; `ended`: its measure has ended before its
    plan."""
    progress = indicator.progress
    closed = ended and progress.status in UNTOLD
    return Judgement(
        inputs=tuple(_inputs(head, indicator, language)),
        steps=tuple(_steps(indicator, language)),
        scale=scale_words(head, head.scale)
        if progress.pace is not None or progress.status == "worsening"
        else (),
        outcome="" if closed else mark_in(head, progress.status).title,
        reason=_ended_reason(indicator) if closed else _reason(head, indicator),
    )


def scale_words(head: PlanHead, scale: ScaleHead) -> tuple[str, ...]:
    """The thresholds of a plan, a sentence each."""
    high, low = figure(scale.on_track), figure(scale.slightly_behind)

    def named(code: str) -> str:
        grade = next((each for each in scale.grades if code in each.statuses), None)
        title = mark_in(head, code).title
        return _with(title, f"{grade.code} {grade.title}") if grade else title

    return (
        gettext("%(high)s以上：%(status)s") % {"high": high, "status": named("on_track")},
        gettext("%(low)s以上%(high)s未満：%(status)s")
        % {"low": low, "high": high, "status": named("slightly_behind")},
        gettext("0以上%(low)s未満：%(status)s") % {"low": low, "status": named("behind")},
        gettext("進みが0より小さい：%(status)s") % {"status": named("worsening")},
    )


def quotient(
    indicator: IndicatorState,
    numerator: Decimal | None,
    denominator: Decimal | None,
    value: Decimal | None,
) -> str:
    """4,779 ÷ 17,950 = 26.6%; "" where a part is missing."""
    if numerator is None or denominator is None or value is None:
        return ""
    hundred = " × 100" if indicator.factor == 100 else ""
    return f"{figure(numerator)} ÷ {figure(denominator)}{hundred} = {amount(value, indicator)}"


def _inputs(head: PlanHead, indicator: IndicatorState, language: str) -> Iterator[Step]:
    aim, baseline, latest = indicator.aim, indicator.baseline, indicator.latest
    if baseline:
        yield Step(
            term=gettext("基準 b（%(label)s）") % {"label": head.labels["baseline"]},
            words=_of_year(baseline, indicator, language),
        )
    last = next((each for each in indicator.targets if each.year == aim.target_year), None)
    if last:
        yield Step(term=gettext("目標値 T"), words=_of_year(last, indicator, language))
    if aim.low is not None and aim.high is not None:
        yield Step(
            term=gettext("目標の幅"),
            words=gettext("%(low)s以上%(high)s以下")
            % {"low": amount(aim.low, indicator), "high": amount(aim.high, indicator)},
        )
    if latest:
        yield Step(term=gettext("実績 a"), words=_of_year(latest, indicator, language))


def _of_year(figures: Result | TargetState, indicator: IndicatorState, language: str) -> str:
    """令和5年度 26.6%（4,779 ÷ 17,950 × 100 = 26.6%）."""
    said = f"{year_words(figures.year, language)} {amount(figures.value, indicator)}"
    ratio = quotient(indicator, figures.numerator, figures.denominator, figures.value)
    return _with(said, ratio) if ratio else said


def _with(said: str, more: str) -> str:
    return gettext("%(said)s（%(more)s）") % {"said": said, "more": more}


def _steps(indicator: IndicatorState, language: str) -> Iterator[Step]:
    aim, latest = indicator.aim, indicator.latest
    if latest is None:
        return
    if indicator.progress.status == "achieved":
        yield _reached(indicator, latest.value)
    if indicator.progress.reason in ("held_target", "no_baseline"):
        yield from _direct(indicator, latest.value)
    elif aim.direction == "range":
        yield from _ranged(indicator)
    elif indicator.progress.share is not None:
        yield from _on_the_way(indicator, latest.value, language)


def _reached(indicator: IndicatorState, value: Decimal) -> Step:
    aim = indicator.aim
    if aim.direction == "range":
        words = gettext("実績 %(actual)sは、目標の幅の中にあります。") % {
            "actual": amount(value, indicator)
        }
    else:
        sign = "≦" if aim.direction == "down" else "≧"
        words = f"a {amount(value, indicator)} {sign} T {amount(aim.target, indicator)}"
    return Step(term=gettext("目標に届いたか"), words=words)


def _on_the_way(indicator: IndicatorState, value: Decimal, language: str) -> Iterator[Step]:
    aim, progress = indicator.aim, indicator.progress
    if aim.baseline is None or aim.target is None or progress.share is None:
        return
    a, b, t = (_number(each, indicator.digits) for each in (value, aim.baseline, aim.target))
    done = _number(value - aim.baseline, indicator.digits)
    way = _number(aim.target - aim.baseline, indicator.digits)
    yield Step(
        term=gettext("進み p"),
        words=f"(a − b) ÷ (T − b) = ({a} − {b}) ÷ ({t} − {b}) = {done} ÷ {way} = {_three(progress.share)}",
    )
    if progress.expected_share is None:
        return
    yield Step(term=gettext("この時点の目安 e"), words=_expected(indicator, language))
    if progress.expected_value is not None:
        yield Step(
            term=gettext("目安の数値"),
            words=f"b + (T − b) × e = {b} + {way} × {_three(progress.expected_share)} = "
            f"{amount(progress.expected_value, indicator)}",
        )
    if progress.pace is not None:
        yield Step(
            term=gettext("速さ r"),
            words=f"p ÷ e = {_three(progress.share)} ÷ {_three(progress.expected_share)} = {_two(progress.pace)}",
        )


def _expected(indicator: IndicatorState, language: str) -> str:
    """Where e comes from: the year's own target, or the straight line between two years."""
    aim, latest, e = indicator.aim, indicator.latest, indicator.progress.expected_share
    if e is None or aim.target_year is None or aim.baseline_year is None or latest is None:
        return ""
    own = aim.yearly.get(latest.year)
    if own is not None and latest.whole and latest.year != aim.target_year:
        return _own_target(aim, indicator, own, e)
    if own is not None and not latest.whole and stepped(aim, own):
        return gettext(
            "年度の途中なので、前の年度の目安からこの年度の目標値 %(own)s までを日割りにして %(e)s"
        ) % {"own": _number(own, indicator.digits), "e": _three(e)}
    if e == 1:
        return gettext("目標の年度（%(year)s）が来ているので 1") % {
            "year": year_words(aim.target_year, language)
        }
    span = aim.target_year - aim.baseline_year
    return gettext(
        "%(first)sの末から%(last)sの末までの%(span)s年のうち、%(gone)s年が過ぎたので %(gone)s ÷ %(span)s = %(e)s"
    ) % {
        "first": year_words(aim.baseline_year, language),
        "last": year_words(aim.target_year, language),
        "span": span,
        "gone": _two(e * span),
        "e": _three(e),
    }


def _own_target(aim: Aim, indicator: IndicatorState, own: Decimal, e: Decimal) -> str:
    b, t, y = (_number(each, indicator.digits) for each in (aim.baseline, aim.target, own))
    return gettext("この年度の目標値 %(own)s から (%(own)s − %(b)s) ÷ (%(t)s − %(b)s) = %(e)s") % {
        "own": y,
        "b": b,
        "t": t,
        "e": _three(e),
    }


def _direct(indicator: IndicatorState, value: Decimal) -> Iterator[Step]:
    """Only the target counts: how near a missed one is."""
    aim, pace = indicator.aim, indicator.progress.pace
    if pace is None:
        return
    target = aim.target if holds(aim) else aim.yearly.get(_year(indicator), aim.target)
    a, t = figure(value, indicator.digits), figure(target, indicator.digits)
    words = f"T ÷ a = {t} ÷ {a}" if aim.direction == "down" else f"a ÷ T = {a} ÷ {t}"
    yield Step(term=gettext("目標値との比 r"), words=f"{words} = {_two(pace)}")


def _year(indicator: IndicatorState) -> int:
    return indicator.latest.year if indicator.latest else 0


def _ranged(indicator: IndicatorState) -> Iterator[Step]:
    progress = indicator.progress
    if progress.share is None:
        return
    yield Step(
        term=gettext("進み p"),
        words=gettext("1 − 実績が幅から外れた分 ÷ 基準が幅から外れた分 = %(p)s")
        % {"p": _three(progress.share)},
    )
    if progress.pace is not None and progress.expected_share is not None:
        yield Step(
            term=gettext("速さ r"),
            words=f"p ÷ e = {_three(progress.share)} ÷ {_three(progress.expected_share)} = {_two(progress.pace)}",
        )


def _ended_reason(indicator: IndicatorState) -> str:
    """Why nothing is judged of a measure that has ended: nothing more will come."""
    if indicator.latest is None:
        return gettext("終了した年度までの実績が登録されていないため、判定しません。")
    return gettext("終了した年度までの実績に、1年分がそろったものがないため、判定しません。")


def _reason(head: PlanHead, indicator: IndicatorState) -> str:
    progress = indicator.progress
    if progress.reason:
        return str(REASONS[progress.reason])
    if progress.status == "no_result" and head.ended:
        return gettext("計画は終わりましたが、期間中の実績の資料がないため判定できません。")
    if progress.status == "no_result":
        return gettext("基準より後の実績がまだ登録されていないため、判定していません。")
    if progress.status == "no_target":
        return gettext("目標値が数値で決められていないため、判定しません。")
    return ""


def _number(value: Decimal | None, digits: int | None = None) -> str:
    """A figure inside a formula, with a true minus."""
    return figure(value, digits).replace("-", "−")


def _three(value: Decimal) -> str:
    return _number(value, 3)


def _two(value: Decimal) -> str:
    return _number(value, 2)
