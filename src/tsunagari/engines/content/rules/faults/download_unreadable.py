"""A PDF has letters, and marks that tell their order."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Download
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """PDF files that are scanned images (AA), and those without tags (advice)."""
    for piece in page.pieces:
        if not isinstance(piece, Download):
            continue
        title = excerpt(piece.title or piece.name)
        if piece.has_text is False:
            yield Found(
                place=piece.place.inside("title"),
                found=title,
                said=say(
                    N_(
                        "PDF「%(title)s」は紙を写した画像で、文字がありません。もとの文書から作り直すか、内容をページに書いてください。"
                    ),
                    title=title,
                ),
            )
        elif piece.tagged is False:
            yield Found(
                place=piece.place.inside("title"),
                found=title,
                said=say(
                    N_(
                        "PDF「%(title)s」に、見出しや表の目印（タグ）がありません。もとの文書から、タグ付きのPDFとして保存してください。"
                    ),
                    title=title,
                ),
                level="advice",
            )


RULE = Rule(
    id="download_unreadable",
    title=N_("読み上げられないPDF"),
    level="AA",
    why=N_("読み上げる人に、内容や読む順番が伝わりません。"),
    source="JIS X 8341-3:2016 1.1.1, 1.3.1, 1.3.2 / PDF/UA",
    find=find,
)
