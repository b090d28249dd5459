"""A document for the tests, with every part that the look offers."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tsunagari.kernel.design.chart_layers import Mark
from tsunagari.kernel.design.chart_lines import Break, Lines
from tsunagari.kernel.design.colour import checked_shades
from tsunagari.kernel.paper.api import chart_drawing, typeset

TEMPLATES: Final = Path(__file__).parent / "templates"
MADE_AT: Final = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)


def chart(*, words: str = "数え方を変更") -> bytes:
    """A chart with every kind of mark: a line with a gap, a way, a goal, what is foretold, a break."""
    years = range(1, 9)
    points = tuple(
        Mark(
            label=f"令和{year}年度",
            small=str(2018 + year),
            value=None if year == 3 else Decimal(year),
        )
        for year in years
    )
    return chart_drawing(
        Lines(
            unit="件",
            points=points,
            expected=tuple(Mark(label=each.label, value=Decimal(4)) for each in points),
            goals=(Mark(label="令和8年度", value=Decimal(9)),),
            foretold=(Mark(label="令和7年度", value=Decimal(8)),),
            breaks=(Break(label="令和5年度", words=words),),
        ),
        "ja",
    )


def document(text: str = "本文です。", *, template: str = "page.typ", **changed: Any) -> bytes:
    """The document with this text in every place where people's texts stand."""
    data = {
        "text": text,
        "heads": [f"見出し {text}", f"小見出し {text}"],
        "columns": ["年度", f"実績 {text}"],
        "rows": [[f"令和{year}年度", text] for year in range(1, 60)],
        "image": "chart.svg",
        "alt": f"図の説明 {text}",
    }
    return typeset(
        TEMPLATES / template,
        data | changed.pop("data", {}),
        title=f"報告書 {text}",
        author="西東京市",
        language=changed.pop("language", "ja"),
        made_at=changed.pop("made_at", MADE_AT),
        shades=checked_shades("#00584f", "a test"),
        images={"chart.svg": chart(words=text[:20] or "変更")},
        **changed,
    )
