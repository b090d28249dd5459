"""Nothing is embedded that only some browsers play."""

from collections.abc import Iterator

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """<object>, <applet>, <marquee> and <blink> of old pages; Wagtail's own <embed> (embedtype) is in order."""
    for passage, rich in page.rich:
        for element in rich.of("object", "applet", "embed", "marquee", "blink", "bgsound"):
            if element.tag == "embed" and "embedtype" in element.attributes:
                continue
            html = rich_text.removed(passage.html or "", element)
            if element.tag in ("marquee", "blink"):
                html = rich_text.unwrapped(passage.html or "", element)
            yield Found(
                place=passage.at(element.start, element.end),
                found=element.tag,
                said=say(
                    N_(
                        "古い埋め込み（%(tag)s）が残っています。今のブラウザでは動きません。動画やファイルとして入れ直してください。"
                    ),
                    tag=element.tag,
                ),
                mends=(
                    Mend(
                        said=say(N_("古い埋め込みを取り除く")),
                        changes=(Change(place=passage.place, value=html),),
                    ),
                ),
            )


RULE = Rule(
    id="embedded_media",
    title=N_("古い埋め込み"),
    level="AA",
    why=N_("Flash などの部品は、今のブラウザでは表示されず、点滅や動く文字は読めない人がいます。"),
    source="JIS X 8341-3:2016 2.2.2, 4.1.2",
    find=find,
)
