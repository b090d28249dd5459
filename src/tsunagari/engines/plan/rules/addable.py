"""What is asked of a thing that is added to a plan in the console, as data."""

from typing import Final

from tsunagari.engines.plan.rules.editable import (
    ACTION_PLAN,
    PLAN,
    SECTION,
    SHEETS,
    Editable,
    Sheet,
    both,
    choice,
    long_text,
)
from tsunagari.engines.plan.rules.plan_words import PLAN_KINDS
from tsunagari.kernel.i18n.texts import N_

_SLUG: Final = N_("半角の英小文字・数字・ハイフン。ページの住所になり、あとから変えられません。")


def _inner(kind: str, title: str, name: str) -> Sheet:
    """A viewpoint or central issue, which stands in a list of its plan's own row."""
    code = Editable(name="code", title=N_("記号"), kind="slug", longest=18, needed=True, hint=_SLUG)
    outline = long_text("outline", N_("説明"))
    return Sheet(
        kind=kind,
        title=title,
        fields=(code, both("name", name, longest=100, needed=True), outline),
    )


ADDED: Final[dict[str, Sheet]] = {
    **{kind: SHEETS[kind] for kind in ("measure", "stage", "lineage", "indicator")},
    **{kind: SHEETS[kind] for kind in ("driver", "asset")},
    "section": Sheet(
        kind="section",
        title=SECTION.title,
        fields=(
            Editable(
                name="code", title=N_("記号"), kind="slug", longest=30, needed=True, hint=_SLUG
            ),
            *SECTION.fields,
        ),
    ),
    "viewpoint": _inner("viewpoint", N_("視点"), N_("視点の名前")),
    "issue": _inner("issue", N_("中心課題"), N_("中心課題の名前")),
    "action_plan": Sheet(
        kind="action_plan",
        title=ACTION_PLAN.title,
        fields=(
            Editable(
                name="fiscal_year",
                title=N_("年度"),
                kind="year",
                needed=True,
                hint=N_("西暦4桁。例：2026"),
            ),
            *ACTION_PLAN.fields,
        ),
    ),
    "plan": Sheet(
        kind="plan",
        title=PLAN.title,
        fields=(
            Editable(
                name="code", title=N_("記号"), kind="slug", longest=60, needed=True, hint=_SLUG
            ),
            Editable(
                name="letter",
                title=N_("引用の文字"),
                kind="code",
                longest=12,
                needed=True,
                hint=N_("取組を P/2 のように呼ぶときの文字。半角の英数字。"),
            ),
            choice("kind", N_("種類（列の名前もこれに合わせます）"), PLAN_KINDS, needed=True),
            *(field for field in PLAN.fields if field.kind != "scale"),
            Editable(
                name="first_year",
                title=N_("はじめの年度"),
                kind="year",
                needed=True,
                hint=N_("西暦4桁。例：2026"),
            ),
            Editable(name="last_year", title=N_("終わりの年度"), kind="year", needed=True),
            Editable(name="predecessor", title=N_("前の計画"), kind="ref"),
        ),
    ),
}
"""What is asked of a thing that is added: what stands fast from then on comes first."""
