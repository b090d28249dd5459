"""What the living page shows: every component's example, found from the folder, with its source."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Engine, RequestContext
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from tsunagari.kernel.design.charts import Break, Mark, bar_chart, line_chart
from tsunagari.kernel.design.figures import Count
from tsunagari.kernel.design.forms import EraDateField
from tsunagari.kernel.design.tables import Column

TEMPLATES = Path(__file__).parent / "templates"
COMPONENTS = TEMPLATES / "cotton"
EXAMPLES = TEMPLATES / "design/examples"

GROUPS = {
    "act": gettext_lazy("動く・選ぶ"),
    "tell": gettext_lazy("伝える"),
    "ask": gettext_lazy("たずねる"),
    "show": gettext_lazy("数値を見せる"),
}
"""Folders below examples/, in the order of the page."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One example: its title and use in the reader's language, what it looks like, what one writes."""

    name: str
    tag: str
    title: str
    use: str
    source: str
    shown: SafeString


@dataclass(frozen=True, kw_only=True)
class Group:
    """Examples that do the same kind of work."""

    name: str
    title: str
    examples: tuple[Example, ...]


def component_names() -> set[str]:
    """Names of all components as one writes them after <c-."""
    return {path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html")}


def example_files() -> Iterator[Path]:
    """The files of all examples."""
    yield from sorted(EXAMPLES.glob("*/*.html"))


def components_in(source: str) -> set[str]:
    """Names of the components that a template uses."""
    return set(re.findall(r"<c-([a-z-]+)", source)) - {"vars", "slot"}


def groups(request: HttpRequest) -> tuple[Group, ...]:
    """All examples, drawn in the reader's language."""
    sample = samples()
    return tuple(
        Group(
            name=name,
            title=str(title),
            examples=tuple(
                _example(path, request, sample) for path in sorted(EXAMPLES.glob(f"{name}/*.html"))
            ),
        )
        for name, title in GROUPS.items()
    )


def _example(path: Path, request: HttpRequest, sample: Mapping[str, object]) -> Example:
    template = Engine.get_default().get_template(f"design/examples/{path.parent.name}/{path.name}")
    context = RequestContext(request, {"sample": sample})
    with context.bind_template(template), context.push():
        # The first line of an example sets `title` and `use`; they are read after drawing.
        shown = template.nodelist.render(context)
        return Example(
            name=path.stem,
            tag="c-" + path.stem.replace("_", "-"),
            title=str(context["title"]),
            use=str(context["use"]),
            source=path.read_text(encoding="utf-8").partition("\n")[2],
            shown=shown,
        )


class SampleForm(forms.Form):
    """A form as Django writes it, to show that it takes on our look."""

    email = forms.EmailField(label="メールアドレス", help_text="受付の確認を送ります")
    contact = forms.ChoiceField(
        label="連絡の方法", choices=[("mail", "メール"), ("post", "郵便")], widget=forms.RadioSelect
    )
    born = EraDateField(label="生年月日", help_text="例：昭和 30年 4月 1日")


def samples() -> dict[str, object]:
    """Data for the examples: plausible, plainly not real."""
    actual, expected, goals = _share_of_online()
    months = [Decimal(80 + (month * 37) % 60) for month in range(4, 16)]
    names = [f"{(month - 1) % 12 + 1}月" for month in range(4, 16)]
    return {
        "towns": [(name, name) for name in ("泉町", "北町", "新町", "田無町", "保谷町", "南町", "柳沢")],
        "ways": [("counter", "窓口で受け取る"), ("post", "郵送で受け取る")],
        "topics": [("disaster", "防災"), ("child", "子育て"), ("garbage", "ごみの収集日")],
        "errors": [("#id_sample_kana", "ふりがなは ひらがなで入力してください（例：にしとうきょう はなこ）")],
        "form": SampleForm({"email": "hanako@", "contact": "mail", "born_0": "H", "born_1": "31", "born_2": "5", "born_3": "1"}),
        "page": Paginator(range(412), 20).page(3),
        "columns": (
            Column(title="年度"),
            Column(title="申請", number=True),
            Column(title="うちオンライン", number=True),
            Column(title="割合", number=True),
        ),
        "rows": (
            ("令和6年度", "24,310件", "12,398件", "51.0％"),
            ("令和7年度", "25,102件", "16,341件", "65.1％"),
            ("令和8年度", "16,877件", "11,492件", "68.1％"),
        ),
        "months": months,
        "counts": (
            Count(title="達成", number=2, kind="achieved", address="#counts_bar"),
            Count(title="順調", number=9, kind="on-track", address="#counts_bar"),
            Count(title="遅れ", number=1, kind="late", address="#counts_bar"),
            Count(title="計測開始前", number=4, kind="waiting", address="#counts_bar"),
            Count(title="随時対応", number=1, kind="ongoing", address="#counts_bar"),
            Count(title="段階で管理", number=11, kind="stages", address="#counts_bar"),
            Count(title="別計画で管理", number=2, kind="elsewhere", address="#counts_bar"),
        ),
        "line_chart": line_chart(
            title="オンライン申請の割合", unit="％", points=actual, expected=expected,
            goals=goals, foretold=[Mark(label="令和8年度", small="2026", value=Decimal("68.1"))],
            breaks=[Break(label="令和7年度", words="ここから数え方を変更")],
        ),
        "bar_chart": bar_chart(
            title="月ごとの閲覧数", unit="千回",
            points=[Mark(label=name, value=value) for name, value in zip(names, months, strict=True)],
        ),
    }  # fmt: skip


def _share_of_online() -> tuple[list[Mark], list[Mark], list[Mark]]:
    first, goal = Decimal("42.8"), Decimal(80)
    years = [(f"令和{year - 2018}年度", str(year)) for year in range(2023, 2029)]
    expected = [
        Mark(label=label, small=small, value=round(first + (goal - first) * at / 5, 1))
        for at, (label, small) in enumerate(years)
    ]
    known = [first, Decimal("51.0"), Decimal("65.1"), None, None, None]
    actual = [
        Mark(label=label, small=small, value=value)
        for (label, small), value in zip(years, known, strict=True)
    ]
    return actual, expected, [Mark(label="令和10年度", small="2028", value=goal)]
