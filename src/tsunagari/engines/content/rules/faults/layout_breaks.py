"""Lines end where a paragraph ends, not where a screen ended once."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_INSIDE = re.compile("[\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u4e00-\\u9fff、，]")
_AFTER = re.compile("[\\u3041-\\u3096]")


def find(page: Page) -> Iterator[Found]:
    """A <br> inside a sentence, and several in a row in place of a new paragraph."""
    for passage, rich in page.rich:
        breaks = [index for index, token in enumerate(rich.tokens) if token.tag == "br"]
        for index in breaks:
            token = rich.tokens[index]
            before = rich.text[max(0, token.start - 80) : token.start - 1].rstrip(" ")
            after = rich.text[token.start : token.start + 10]
            if index > 0 and rich.tokens[index - 1].tag == "br":
                words = N_("改行を続けて、行の間をあけています（%(text)s）。段落を分けてください。")
            elif (
                _INSIDE.match(before[-1:])
                and _AFTER.match(after)
                and len(before.rpartition("\n")[2]) > 15
            ):
                words = N_("文の途中で改行しています（%(text)s）。続けて書いてください。")
            else:
                continue
            html = rich_text.marked(passage.html or "", {index: ""})
            yield Found(
                place=passage.at(max(0, token.start - 1), token.start),
                found=before[-10:] + after[:10],
                said=say(words, text=excerpt(before[-10:] + after[:10])),
                mends=(
                    Mend(
                        said=say(N_("改行を取る")),
                        changes=(Change(place=passage.place, value=html),),
                    ),
                ),
            )


RULE = Rule(
    id="layout_breaks",
    title=N_("改行で作った体裁"),
    level="advice",
    why=N_("画面の幅が違う人には、変な所で行が切れます。読み上げでも文が途中で切れます。"),
    source="JIS X 8341-3:2016 1.3.2",
    find=find,
)
