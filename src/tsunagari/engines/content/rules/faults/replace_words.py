"""Words of the city's own dictionary are written as it says."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page, Passage
from tsunagari.engines.content.rules.pieces import Replacement
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Words that the city replaces or would rather not use; one that is part of its right form is in order."""
    for passage in page.passages:
        for word in page.knowledge.replace_words:
            yield from _in(passage, word)


def _in(passage: Passage, word: Replacement) -> Iterator[Found]:
    start = passage.text.find(word.wrong) if word.wrong else -1
    while start >= 0:
        end = start + len(word.wrong)
        if not _right_already(passage.text, start, word):
            mend = passage.mend(
                say(N_("「%(right)s」にする"), right=word.right), start, end, word.right
            )
            yield Found(
                place=passage.at(start, end),
                found=word.wrong,
                said=_said(word),
                mends=(mend,) if word.right and word.wrong not in word.right else (),
            )
        start = passage.text.find(word.wrong, end)


def _right_already(text: str, start: int, word: Replacement) -> bool:
    """Whether the wrong letters stand inside the right ones: 子供 → 子供たち."""
    inside = word.right.find(word.wrong)
    return inside >= 0 and text.startswith(word.right, max(0, start - inside)) and start >= inside


def _said(word: Replacement) -> Sentence:
    if word.right and word.reason:
        return say(
            N_("「%(wrong)s」は「%(right)s」と書いてください。%(reason)s"),
            wrong=word.wrong,
            right=word.right,
            reason=word.reason,
        )
    if word.right:
        return say(
            N_("「%(wrong)s」は「%(right)s」と書いてください。"), wrong=word.wrong, right=word.right
        )
    return say(
        N_("「%(wrong)s」は、ほかの言葉で書いてください。%(reason)s"),
        wrong=word.wrong,
        reason=word.reason,
    )


RULE = Rule(
    id="replace_words",
    title=N_("市の用語"),
    level="advice",
    why=N_("市のページの言葉をそろえると、探しやすく、誤解がありません。"),
    source="市の用語の手引",
    find=find,
)
