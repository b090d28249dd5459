"""Old forms of kanji are known to be read by not everybody."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import is_rare
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Kanji that JIS X 0208 lacks (髙, 﨑); each is named once for a field, for a name is the person's own."""
    for passage in page.passages:
        seen: set[str] = set()
        for index, letter in enumerate(passage.text):
            if letter not in seen and is_rare(letter):
                seen.add(letter)
                yield Found(
                    place=passage.at(index, index + 1),
                    found=letter,
                    said=say(
                        N_(
                            "「%(text)s」は、機種によって表示や読み上げができない字です。人の名前などで変えられないときは、読みがなを添えてください。"
                        ),
                        text=letter,
                    ),
                )


RULE = Rule(
    id="rare_kanji",
    title=N_("表示できないことがある漢字"),
    level="advice",
    why=N_("一部の電話や読み上げソフトでは、空白や別の字になります。"),
    source="JIS X 0208 / みんなの公共サイト運用ガイドライン（2024年版）",
    find=find,
)
