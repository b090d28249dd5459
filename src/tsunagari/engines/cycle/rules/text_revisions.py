"""Revising an indicator itself: its name, how it is counted, its unit; what a decision must say of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.said import said

LONGEST_REASON: Final = 300
"""Letters of the longest reason."""


@dataclass(frozen=True, kw_only=True)
class WantedTextRevision:
    """A text of an indicator that is to change from `old` to `new`, "" for none. `key` is one of the plan's
    REVISABLE: "name", "name.en" …"""

    indicator: str
    key: str
    old: str
    new: str
    reason: str


def part_words(key: str) -> str:
    """What a text of an indicator is called: 指標の名前, 単位（英語）."""
    name = key.removesuffix(".en")
    title = said(plan_api.TITLES_OF_INDICATOR[name])
    return title if key == name else _("%(title)s（英語）") % {"title": title}


def named(texts: Mapping[str, str], name: str, language: str) -> str:
    """A text in "ja" or "en"; the Japanese one where there is no other."""
    return (texts[f"{name}.en"] if language == "en" else "") or texts[name]


def text_faults(
    revisions: Sequence[WantedTextRevision],
    standing: Mapping[str, Mapping[str, str]],
    *,
    left_behind: frozenset[str],
) -> Iterator[tuple[str, str]]:
    """What is wrong with revisions, each as "text-0-new" or "text-0-reason" with its sentence. `standing` are
    the texts of the decision's indicators; `left_behind` those that go on with no new measure."""
    for place, each in enumerate(revisions):
        for part, sentence in _faults(each, standing, left_behind):
            yield f"text-{place}-{part}", sentence
    for indicator, texts in standing.items():
        places = {
            each.key: place
            for place, each in enumerate(revisions)
            if each.indicator == indicator and each.key in texts
        }
        after = {**texts, **{key: revisions[place].new for key, place in places.items()}}
        faults = plan_api.revision_faults(texts, after) if places else []
        for key, sentence in faults:
            yield f"text-{places.get(key, min(places.values()))}-new", sentence


def _faults(
    each: WantedTextRevision,
    standing: Mapping[str, Mapping[str, str]],
    left_behind: frozenset[str],
) -> Iterator[tuple[str, str]]:
    if each.indicator not in standing or each.key not in plan_api.REVISABLE:
        yield "new", _("この取組にない指標です。選び直してください。")
    elif standing[each.indicator][each.key] != each.old:
        yield "new", _("ほかの人に変えられています。いまの内容を確かめてください。")
    elif each.new == each.old:
        yield "new", _("いまの内容と同じです。")
    if each.indicator in left_behind:
        yield (
            "new",
            _(
                "この指標は新しい取組に引き継がれません。引き継ぐ指標に加えるか、元の内容に戻してください。"
            ),
        )
    if not each.reason:
        yield "reason", _("指標を見直す理由を入力してください。")
    elif len(each.reason) > LONGEST_REASON:
        yield "reason", _("%(most)d文字までにしてください。") % {"most": LONGEST_REASON}
