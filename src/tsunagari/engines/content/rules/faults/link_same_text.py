"""The same words lead to the same place."""

from collections import defaultdict
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Linked, Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Links that read alike and open different things; each after the first is named."""
    by_text: dict[str, list[Linked]] = defaultdict(list)
    for link in page.links:
        if link.text and link.target:
            by_text["".join(link.text.split()).lower()].append(link)
    for links in by_text.values():
        seen = {_same(links[0].target)}
        for link in links[1:]:
            if _same(link.target) not in seen:
                seen.add(_same(link.target))
                yield Found(
                    place=link.place,
                    found=link.text,
                    said=say(
                        N_(
                            "「%(text)s」というリンクが、別々のページを開きます。違いが分かる言葉にしてください。"
                        ),
                        text=excerpt(link.text),
                    ),
                )


def _same(target: str) -> str:
    return target.rstrip("/").removeprefix("https:").removeprefix("http:")


RULE = Rule(
    id="link_same_text",
    title=N_("言葉が同じで行き先が違うリンク"),
    level="AA",
    why=N_("リンクの一覧では同じものに見え、どちらを開けばよいか選べません。"),
    source="JIS X 8341-3:2016 2.4.4, 3.2.4",
    find=find,
)
