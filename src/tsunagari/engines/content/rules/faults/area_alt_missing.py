"""Each area of an image map has words, and embedded things have a text."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """<area> without alt in rich text that came from an old site."""
    for passage, rich in page.rich:
        for element in rich.of("area"):
            if not element.attributes.get("alt", "").strip():
                yield Found(
                    place=passage.at(element.start, element.end),
                    found=excerpt(element.attributes.get("href", "")),
                    said=say(
                        N_(
                            "画像の中のリンク（クリッカブルマップ）に言葉がありません。ふつうの文字のリンクに直してください。"
                        )
                    ),
                )


RULE = Rule(
    id="area_alt_missing",
    title=N_("言葉のない画像内のリンク"),
    level="A",
    why=N_("画像が見えない人には、どこに何のリンクがあるか伝わりません。"),
    source="JIS X 8341-3:2016 1.1.1, 2.4.4 / WCAG 2.2 H24",
    find=find,
)
