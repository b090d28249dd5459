"""What an indicator aims at: the source's own words, the arithmetic behind them, and what was left open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.plan.api import IndicatorState, PlanHead, TargetState
from tsunagari.engines.plan.views.judgement import quotient
from tsunagari.engines.plan.views.words import amount, year_words
from tsunagari.kernel.design.figures import figure

_FIGURE: Final = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)[^0-9（(]{0,6}")
"""A figure with its unit and nothing else: 19,737,000件."""


@dataclass(frozen=True, kw_only=True)
class TargetWords:
    """One year's target: its year and figure, and how the plan gives it ("" for the plain figure)."""

    year: str
    figure: str
    arithmetic: str
    ratio: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Aims:
    """What the plan says of an indicator's aim. `baseline_words` and `target_words` are quotations."""

    baseline_words: str
    target_words: str
    baseline: str
    baseline_ratio: str
    targets: tuple[TargetWords, ...]
    unset: tuple[str, ...]
    reason: str
    phase: str


def aims(head: PlanHead, indicator: IndicatorState, language: str) -> Aims:
    """The aim of one indicator in the reader's language."""
    baseline = indicator.baseline
    return Aims(
        baseline_words=_quoted(indicator.baseline_words, indicator.aim.baseline),
        target_words=_quoted(indicator.target_words, indicator.aim.target),
        baseline=_baseline(indicator, language),
        baseline_ratio=quotient(indicator, baseline.numerator, baseline.denominator, baseline.value)
        if baseline
        else "",
        targets=tuple(_target(indicator, each, language) for each in indicator.targets),
        unset=tuple(_unset(head, indicator, language)),
        reason=indicator.reason,
        phase=gettext("整備の段階の指標です。できたかどうかで見ます。")
        if indicator.phase == "build"
        else "",
    )


def _quoted(words: str, value: Decimal | None) -> str:
    """The source's words where they say more than a figure and its unit; "" where they do not."""
    plain = _FIGURE.fullmatch(words)
    if words == "—" or (plain and Decimal(plain[1].replace(",", "")) == value):
        return ""
    return words


def _baseline(indicator: IndicatorState, language: str) -> str:
    baseline = indicator.baseline
    if baseline is None:
        return ""
    said = gettext("%(year)s %(amount)s") % {
        "year": year_words(baseline.year, language),
        "amount": amount(baseline.value, indicator),
    }
    return (
        gettext("%(figure)s（見込の数値）") % {"figure": said}
        if indicator.baseline_estimated
        else said
    )


def _target(indicator: IndicatorState, target: TargetState, language: str) -> TargetWords:
    return TargetWords(
        year=year_words(target.year, language),
        figure=amount(target.value, indicator),
        arithmetic=_arithmetic(indicator, target),
        ratio=_target_ratio(indicator, target),
        reason=target.reason,
    )


def _arithmetic(indicator: IndicatorState, target: TargetState) -> str:
    """How a change of the baseline comes to the target: 5 points are added, 7 per cent multiply."""
    base, change = indicator.aim.baseline, target.change
    if target.basis == "absolute" or base is None or change is None:
        return ""
    said = {
        "change": figure(change),
        "base": figure(base, indicator.digits),
        "value": amount(target.value, indicator),
        "factor": figure(1 + change / Decimal(100)),
    }
    if target.basis == "points":
        return (
            gettext(
                "基準に%(change)sポイントを足した数値です（%(change)sポイント増：%(base)s ＋ %(change)s ＝ %(value)s）。"
            )
            % said
        )
    return (
        gettext(
            "基準を%(change)s%%増やした数値です（%(change)s%%増：%(base)s × %(factor)s ＝ %(value)s）。"
        )
        % said
    )


def _target_ratio(indicator: IndicatorState, target: TargetState) -> str:
    return quotient(indicator, target.numerator, target.denominator, target.value)


def _unset(head: PlanHead, indicator: IndicatorState, language: str) -> Iterator[str]:
    """What the plan left open, said as what it is."""
    if indicator.to_set_year:
        year = {"year": year_words(indicator.to_set_year, language)}
        yield (
            gettext(
                "計画では「%(year)sに指標を設定する」とされていました。どのような指標になったかは、資料がないため分かりません。"
            )
            if head.ended
            else gettext("計画では「%(year)sに指標を設定する」とされています。")
        ) % year
    if indicator.target_open:
        yield gettext("目標は、計画では「検討」とされ、数値は決められていません。")
    if indicator.baseline is None and indicator.targets:
        yield gettext("基準の数値は、計画に書かれていません。")
