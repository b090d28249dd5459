"""A link's target is there."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Links to addresses that answered with an error when they were last asked."""
    for link in page.links:
        if link.target in page.knowledge.dead or link.href.strip() in page.knowledge.dead:
            yield Found(
                place=link.place,
                found=link.target,
                said=say(
                    N_(
                        "リンク「%(text)s」の先（%(target)s）が開けませんでした。新しいアドレスにするか、リンクを消してください。"
                    ),
                    text=excerpt(link.text),
                    target=excerpt(link.target),
                ),
            )


RULE = Rule(
    id="link_dead",
    title=N_("切れたリンク"),
    level="AA",
    why=N_("開いた人は行き止まりになり、市の情報が古いと思います。"),
    source="みんなの公共サイト運用ガイドライン（2024年版）",
    find=find,
)
