"""A file is not larger than a phone takes gladly."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Download
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

LARGEST = 10 * 1024 * 1024


def find(page: Page) -> Iterator[Found]:
    """Files of more than 10 MB."""
    for piece in page.pieces:
        if isinstance(piece, Download) and piece.size > LARGEST:
            yield Found(
                place=piece.place.inside("title"),
                found=excerpt(piece.title or piece.name),
                said=say(
                    N_(
                        "ファイル「%(title)s」は%(size)sMBあります。10MBまでに小さくするか、分けてください。"
                    ),
                    title=excerpt(piece.title or piece.name),
                    size=round(piece.size / 1024 / 1024),
                ),
            )


RULE = Rule(
    id="download_large",
    title=N_("大きすぎるファイル"),
    level="advice",
    why=N_("電話の回線では、開くのに長い時間と通信料がかかります。"),
    source="みんなの公共サイト運用ガイドライン（2024年版）",
    find=find,
)
