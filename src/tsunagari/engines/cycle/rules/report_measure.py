"""A measure in an annual report: planned and done, what it cost, how it is judged, and how it goes on."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext

from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.rules.fields import GRADES, NAMED, SCORES, WAYS
from tsunagari.engines.cycle.rules.report_figures import indicator_told
from tsunagari.engines.cycle.rules.report_words import (
    KINDS,
    UNKNOWN,
    tie_words,
    worded,
    year_name,
    yen,
)
from tsunagari.engines.cycle.rules.text_revisions import part_words
from tsunagari.engines.cycle.rules.yearbook import (
    Yearbook,
    YearDecision,
    YearMeasure,
    YearOpinion,
    YearRevision,
    YearTextRevision,
)
from tsunagari.kernel.design.figures import figure


def measure_told(book: Yearbook, measure: YearMeasure, images: Sequence[str]) -> dict[str, Any]:
    """What the report shows of a measure; `images` names the drawing of each indicator, "" for none."""
    return {
        "label": label_of(measure),
        "head": f"{measure.number} {measure.name}",
        "facts": {"heads": _fact_heads(book), "row": _facts(measure)},
        "outline": measure.outline or measure.purpose,
        "planned": measure.planned,
        "done": measure.done,
        "quarters": _quarters(measure),
        "money": _money(book, measure),
        "means": _means(measure),
        "stages": _stages(measure, book.language),
        "indicators": [
            indicator_told(each, book.fiscal_year, book.language, image)
            for each, image in zip(measure.indicators, images, strict=True)
        ],
        "judged": _judged(measure),
        "comment": measure.comment,
        "missing_reason": measure.missing_reason,
        "opinions": [opinion_told(each) for each in measure.opinions],
        "decision": decision_told(measure.decision, book.language),
        "next_planned": measure.next_planned,
        "origins": [tie_words(each) for each in measure.origins],
        "heirs": [tie_words(each) for each in measure.heirs],
    }


def label_of(measure: YearMeasure) -> str:
    """The word by which the list of measures points to a measure's page."""
    return f"measure-{measure.public_id}"


def status_words(measure: YearMeasure) -> str:
    """The measure's status, or how it is managed where no indicator is judged."""
    return measure.status_title or worded(KINDS, measure.kind)


def divisions_words(measure: YearMeasure) -> str:
    """情報推進課、市民課ほか."""
    comma = pgettext("between the figures of a sentence", "、")
    names = comma.join(measure.divisions)
    return gettext("%(names)sほか") % {"names": names} if measure.and_others else names


def opinion_told(opinion: YearOpinion) -> dict[str, str]:
    """An opinion of the committee with the city's answer."""
    return {"text": opinion.text, "answer": opinion.answer}


def _fact_heads(book: Yearbook) -> list[str]:
    return [
        book.labels.get("divisions", gettext("担当課")),
        gettext("状況"),
        gettext("自己評価"),
        gettext("次の年度から"),
    ]


def _facts(measure: YearMeasure) -> list[str]:
    return [
        divisions_words(measure),
        status_words(measure) or UNKNOWN,
        worded(GRADES, measure.grade) or UNKNOWN,
        measure.decision.title if measure.decision else UNKNOWN,
    ]


def _quarters(measure: YearMeasure) -> list[list[str]]:
    return [
        [gettext(STEPS[f"q{each.quarter}"]), each.plan or UNKNOWN, each.note or UNKNOWN]
        for each in measure.quarters
        if each.plan or each.note
    ]


def _money(book: Yearbook, measure: YearMeasure) -> dict[str, list[str]]:
    """Budget, settled cost with its funds, and staff-years; what nobody entered is a dash."""
    if measure.budget is None and measure.settled is None and measure.staff_years is None:
        return {"heads": [], "row": []}
    funds = _entered_funds(measure)
    told = [
        *((_title(name), yen(getattr(measure, name))) for name in ("budget", "settled", *funds)),
        *([(gettext("うち一般財源"), yen(measure.general))] if funds else []),
        (gettext("人工"), figure(measure.staff_years, 2)),
        *_staff_cost(book, measure),
    ]
    return {"heads": [head for head, _ in told], "row": [said for _, said in told]}


def _entered_funds(measure: YearMeasure) -> list[str]:
    funds = ("from_state", "from_tokyo", "from_bonds", "from_others")
    return [name for name in funds if getattr(measure, name) is not None]


def _title(name: str) -> str:
    return gettext(NAMED.by_name[name].title)


def _staff_cost(book: Yearbook, measure: YearMeasure) -> list[tuple[str, str]]:
    """人件費 as estimated from staff-years; only where the year states what one costs."""
    if book.staff_cost is None or measure.staff_years is None:
        return []
    cost = (measure.staff_years * book.staff_cost).quantize(Decimal(1))
    return [(gettext("人件費（推計）"), yen(int(cost)))]


def _means(measure: YearMeasure) -> list[list[str]]:
    told = (
        (_title("budget_item"), measure.budget_item),
        (_title("legal_basis"), measure.legal_basis),
        (_title("way"), worded(WAYS, measure.way)),
    )
    return [[title, said] for title, said in told if said]


def _stages(measure: YearMeasure, language: str) -> list[list[str]]:
    return [
        [each.word, each.text or UNKNOWN, _span(each.first_year, each.last_year, language)]
        for each in measure.stages
    ]


def _span(first: int | None, last: int | None, language: str) -> str:
    """令和6年度から令和7年度まで; an end that the source does not show stays open."""
    if first is not None and first == last:
        return year_name(first, language)
    said = {
        "first": year_name(first, language) if first is not None else "",
        "last": year_name(last, language) if last is not None else "",
    }
    if first is None and last is None:
        return UNKNOWN
    if last is None:
        return gettext("%(first)sから") % said
    if first is None:
        return gettext("%(last)sまで") % said
    return gettext("%(first)sから%(last)sまで") % said


def _judged(measure: YearMeasure) -> dict[str, list[str]]:
    """The division's own letters, as a table of one row."""
    scored = [(name, getattr(measure, name)) for name in ("fitness", "effect", "efficiency")]
    told = [(_title("grade"), worded(GRADES, measure.grade))]
    told += [(_title(name), worded(SCORES, code)) for name, code in scored]
    known = [(head, said) for head, said in told if said]
    return {"heads": [head for head, _ in known], "row": [said for _, said in known]}


def decision_told(decision: YearDecision | None, language: str) -> dict[str, Any] | None:
    """What was decided of the measure; None where nothing was."""
    if decision is None:
        return None
    return {
        "lead": gettext("%(year)sから「%(kind)s」とします。")
        % {"year": year_name(decision.from_year, language), "kind": decision.title},
        "reason": decision.reason,
        "stage": _stage_moved(decision),
        "criteria": [
            [each.text, gettext("満たした") if each.met else gettext("満たしていない")]
            for each in decision.criteria
        ],
        "revisions": [_revision(each, language) for each in decision.revisions],
        "texts": [_text_revision(each) for each in decision.text_revisions],
        "heirs": [tie_words(each) for each in decision.heirs],
    }


def _stage_moved(decision: YearDecision) -> str:
    if not decision.stage_to:
        return ""
    if not decision.stage_from:
        return gettext("段階を「%(after)s」にします。") % {"after": decision.stage_to}
    return gettext("段階を「%(before)s」から「%(after)s」へ移します。") % {
        "before": decision.stage_from,
        "after": decision.stage_to,
    }


def _text_revision(revision: YearTextRevision) -> list[str]:
    return [
        revision.indicator,
        part_words(revision.part),
        revision.old or UNKNOWN,
        revision.new or UNKNOWN,
        revision.reason,
    ]


def _revision(revision: YearRevision, language: str) -> list[str]:
    return [
        revision.indicator,
        year_name(revision.year, language),
        figure(revision.old),
        figure(revision.new),
        revision.reason,
    ]
