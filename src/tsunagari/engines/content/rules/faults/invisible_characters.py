"""No character is there that nobody sees."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import UNSEEN
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Control letters, zero-width spaces, marks that turn the direction of writing, private letters (外字)."""
    for passage in page.passages:
        for match in UNSEEN.finditer(passage.text):
            code = " ".join(f"U+{ord(letter):04X}" for letter in match.group()[:3])
            yield Found(
                place=passage.at(*match.span()),
                found=code,
                said=say(
                    N_(
                        "目に見えない文字、または外字（%(code)s）が入っています。消すか、打ち直してください。"
                    ),
                    code=code,
                ),
                mends=(passage.mend(say(N_("消す")), *match.span(), ""),),
            )


RULE = Rule(
    id="invisible_characters",
    title=N_("見えない文字・外字"),
    level="AA",
    why=N_("ほかの人の画面では、空白や四角になり、言葉が途中で切れて検索や読み上げができません。"),
    source="JIS X 8341-3:2016 1.3.2, 4.1.1",
    find=find,
)
