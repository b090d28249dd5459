"""axe-core on a page as it stands in the browser; the page's content security policy stays on."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True, kw_only=True)
class FromWagtail:
    """A finding that comes from Wagtail's own markup: seen on a day, bound to a rule and a place of Wagtail's."""

    seen: date
    rule: str
    where: str
    why: str


FROM_WAGTAIL: tuple[FromWagtail, ...] = (
    FromWagtail(
        seen=date(2026, 11, 21),
        rule="label-content-name-mismatch",
        where=".sidebar-custom-branding",
        why="Wagtail labels the logo's link ダッシュボード, whatever the logo says.",
    ),
    FromWagtail(
        seen=date(2026, 11, 22),
        rule="region",
        where="#HandsontableCopyPaste",
        why="The sheet of a table keeps its field for copying at the end of the page, outside every landmark.",
    ),
)
"""Findings in the console that are not ours to mend; a row goes when Wagtail has mended it."""


@dataclass(kw_only=True)
class Seen:
    """What axe has looked at in this run, for the page on accessibility: views of pages, findings, its version."""

    views: int = 0
    findings: int = 0
    version: str = ""


SEEN = Seen()
NOTE = "TSUNAGARI_NOTE_ACCESSIBILITY"
"""Environment: the file that takes what was found (`bin/test` names the one that /accessibility/ reads)."""


def note(file: Path, *, today: date) -> None:
    """Write what this run has found; nothing where axe has looked at nothing."""
    if not SEEN.views:
        return
    said = {
        "day": today.isoformat(),
        "tool": f"axe-core {SEEN.version}",
        "pages": SEEN.views,
        "findings": SEEN.findings,
        "exceptions": [
            {"seen": each.seen.isoformat(), "rule": each.rule, "where": each.where, "why": each.why}
            for each in FROM_WAGTAIL
        ],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@cache
def _source() -> str:
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


SETTLED = """() => Promise.all(
    document.getAnimations()
        .filter(each => each.playState === "running" && Number.isFinite(each.effect?.getComputedTiming().endTime))
        .map(each => each.finished.catch(() => null))
).then(() => null)"""
"""Ends when nothing slides or fades any more: a panel on its way covers what it will not cover."""


def findings(page: Page) -> list[str]:
    """One sentence for each finding: rule, impact, what to do, and the element; none when all is well."""
    page.evaluate(SETTLED)
    page.evaluate(_source())
    result: dict[str, Any] = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        RULES,
    )
    SEEN.views += 1
    SEEN.version = result["testEngine"]["version"]
    found = []
    for violation in result["violations"]:
        for node in violation["nodes"]:
            where = " ".join(str(target) for target in node["target"])
            if any(
                known.rule == violation["id"] and known.where in where for known in FROM_WAGTAIL
            ):
                continue
            found.append(
                f"{page.url}: {violation['id']} ({violation['impact']}): {violation['help']}: {where}: {node['html'][:200]}"
            )
    SEEN.findings += len(found)
    return found


def widest(page: Page) -> list[str]:
    """Elements that reach beyond the right edge of the window: a page on a phone scrolls one way only."""
    return list(
        page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                return [...document.querySelectorAll('body *')]
                    .filter(element => element.getBoundingClientRect().right > width + 1)
                    .slice(0, 5)
                    .map(element => element.outerHTML.slice(0, 120));
            }"""
        )
    )
