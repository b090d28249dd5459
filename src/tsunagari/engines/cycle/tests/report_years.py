"""Invented closed years for the tests of the annual report and for its measurement."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from tsunagari.engines.cycle.queries.published import Report, Version
from tsunagari.engines.cycle.rules.corrections import Corrected
from tsunagari.engines.cycle.rules.seal import canonical, seal
from tsunagari.engines.cycle.rules.yearbook import (
    Yearbook,
    YearCriterion,
    YearDecision,
    YearFigure,
    YearIndicator,
    YearMeasure,
    YearMonth,
    YearOpinion,
    YearQuarter,
    YearRevision,
    YearSection,
    YearStage,
    YearTextRevision,
    YearTie,
)

YEAR = 2025
FIRST, LAST = 2014, 2028


def indicator(number: int, *, years: tuple[int, int] = (FIRST, YEAR)) -> YearIndicator:
    """An indicator that rises year by year, with twelve months and a target."""
    first, last = years
    results = tuple(
        YearFigure(
            year=year,
            value=None if year == first + 3 else Decimal(120 + 7 * (year - first) + number),
            origin="metered" if year > 2020 else "typed",
            status="revised" if year == last else "final",
            source="" if year > 2020 else "事務報告書",
            reason="窓口の集計を含めたため" if year == last else "",
        )
        for year in range(first, last + 1)
    )
    return YearIndicator(
        public_id=f"indicator{number:013d}",
        order=1,
        name=f"第{number}の手続の件数",
        unit="件",
        digits=0,
        direction="up",
        accumulate="flow",
        counted="metered",
        baseline_year=first,
        baseline=Decimal(120 + number),
        target_year=LAST,
        target=Decimal(260 + number),
        targets=(
            YearFigure(year=2026, value=Decimal(230 + number)),
            YearFigure(year=LAST, value=Decimal(260 + number)),
        ),
        results=results,
        months=tuple(
            YearMonth(month=(at + 3) % 12 + 1, value=Decimal(10 + at)) for at in range(12)
        ),
        quarters=(Decimal(33), Decimal(75), None, Decimal(197)),
        status="on_track",
        status_title="順調",
        reason="",
        rate=Decimal("0.55"),
        grade="b",
    )


def measure(number: int) -> YearMeasure:
    """A measure with everything a sheet can hold."""
    return YearMeasure(
        public_id=f"measure{number:015d}",
        quoted=f"P/{number}",
        number=str(number),
        name=f"オンラインで届け出る手続を増やす（その{number}）",
        section="a" if number % 2 else "b",
        divisions=("情報推進課", "市民課"),
        and_others=number % 3 == 0,
        kind="indicator",
        managed_in="",
        purpose="市役所に来なくても手続が終わるようにする。",
        outline="電子申請の手続を増やし、書かない窓口と合わせて、手続にかかる時間を減らします。",
        status="on_track",
        status_title="順調",
        planned="転入・転居・転出の届出をオンラインで受け付ける。\n書かない窓口を2か所に置く。",
        quarters=tuple(
            YearQuarter(
                quarter=quarter, plan=f"第{quarter}期の準備", note="予定どおり実施した。" * 3
            )
            for quarter in (1, 2, 3, 4)
        ),
        budget=12_000_000 + number,
        budget_item="款2総務費 項1総務管理費 目10情報管理費",
        legal_basis="情報通信技術を活用した行政の推進等に関する法律",
        way="entrusted",
        criteria=("利用率が3割を超えること",),
        done="転入の届出をオンラインで受け付けた。\n利用者の声を聞き、画面を2回直した。",
        settled=11_400_000,
        from_state=3_000_000,
        from_tokyo=1_000_000,
        from_bonds=None,
        from_others=None,
        staff_years=Decimal("1.25"),
        fitness="A",
        effect="B",
        efficiency="B",
        grade="B",
        comment="目標どおりに進んだ。高齢の方への案内が課題である。",
        missing_reason="",
        next_planned="案内の動画を作り、公民館で教室を開く。",
        stages=(),
        indicators=(indicator(number),),
        opinions=(
            YearOpinion(
                about=str(number),
                text="利用率の低い地域への対応を考えてほしい。",
                answer="教室を開きます。",
            ),
        ),
        decision=decision(number),
        origins=(YearTie(quoted="3/7-1", name="電子申請の推進", kind="continued"),),
        heirs=(),
    )


def decision(number: int) -> YearDecision:
    """To be strengthened, with a criterion, a revised target and an heir."""
    return YearDecision(
        kind="expand",
        title="拡充",
        reason="利用が増えており、対象の手続を広げるため。",
        from_year=YEAR + 1,
        stage_from="適用検討",
        stage_to="導入実行",
        criteria=(YearCriterion(text="利用率が3割を超えること", met=True),),
        revisions=(
            YearRevision(
                indicator=f"第{number}の手続の件数",
                year=LAST,
                old=Decimal(260),
                new=Decimal(300),
                reason="対象を広げるため",
            ),
        ),
        heirs=(YearTie(quoted=f"P/{number}", name="オンラインの手続", kind="renamed"),),
        text_revisions=(
            YearTextRevision(
                indicator=f"第{number}の手続の件数",
                part="unit",
                old="件",
                new="世帯",
                reason="世帯で数えるため",
            ),
        ),
    )


def bare_measure(number: int) -> YearMeasure:
    """A measure of stages of which nobody wrote a word."""
    texts = "planned done comment next_planned budget_item legal_basis way"
    codes = "fitness effect efficiency grade status status_title"
    empty = dict.fromkeys([*texts.split(), *codes.split()], "")
    unknown = dict.fromkeys(("budget", "settled", "from_state", "from_tokyo", "staff_years"))
    return replace(
        measure(number),
        **empty,  # type: ignore[arg-type]  # names of texts
        **unknown,  # type: ignore[arg-type]  # names of figures
        kind="staged",
        stages=(
            YearStage(word="調査研究", text="先進市を調べる", first_year=2024, last_year=None),
        ),
        indicators=(),
        quarters=(),
        opinions=(),
        decision=None,
        origins=(),
    )


def yearbook(measures: tuple[YearMeasure, ...], *, language: str = "ja") -> Yearbook:
    """A plan's year with these measures."""
    english = language == "en"
    return Yearbook(
        format=1,
        language=language,
        city="Nishitokyo City" if english else "西東京市",
        plan="policy-2024-2028",
        letter="P",
        plan_name="Basic policy" if english else "西東京市 情報化基本方針",
        short_name="Basic policy" if english else "基本方針",
        first_year=2024,
        last_year=LAST,
        fiscal_year=YEAR,
        labels={"divisions": "Division"} if english else {"divisions": "所管課", "number": "項番"},
        sections=(YearSection(code="a", name="便利な市役所"), YearSection(code="b", name="働き方")),
        measures=tuple(sorted(measures, key=lambda each: each.section)),
        opinions=(YearOpinion(about="", text="全体に順調である。", answer="引き続き進めます。"),),
        staff_cost=8_000_000,
        closed_on=date(2026, 10, 1),
    )


def report_of(book: Yearbook, *, errata: int = 0, of_version: int = 0) -> Report:
    """A closed year with so many errata; its newest version unless another is asked for."""
    versions = tuple(version(book, 1 + at) for at in range(errata + 1))
    own = versions[(of_version or len(versions)) - 1]
    return Report(book=book, version=own, versions=versions[::-1])


def version(book: Yearbook, number: int) -> Version:
    """The first version of a year, or an erratum that mends the settled cost of its measure 1."""
    mended = Corrected(
        measure="1", place="settled", title="決算額", before="1140000", after="11400000"
    )
    return Version(
        public_id=f"version{number:015d}",
        plan=book.plan,
        year=book.fiscal_year,
        version=number,
        published_at=datetime(2026, 9 + number, 1, 1, 0, tzinfo=UTC),
        sha256=seal(f"{number}{canonical(book.plain())}"),
        reason="決算額の桁を誤っていたため" if number > 1 else "",
        corrections=(mended,) if number > 1 else (),
    )
