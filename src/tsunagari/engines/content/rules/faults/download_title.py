"""A file has a name that people understand."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Download
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_FILE_NAME = re.compile(r"\S+\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|jtd|txt)", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(?:ファイル|資料|別紙|添付|添付ファイル|様式|PDF|Word|Excel|document|file|attachment)\s*[0-9０-９]*",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Found]:
    """Files without a title, or with their file's name or 資料 for a title."""
    for piece in page.pieces:
        if not isinstance(piece, Download):
            continue
        title = seen(piece.title)
        if not title or _FILE_NAME.fullmatch(title) or _SAYS_NOTHING.fullmatch(title):
            yield Found(
                place=piece.place.inside("title"),
                found=title or piece.name,
                said=say(
                    N_(
                        "ファイルの題名「%(title)s」では、中身が分かりません。「○○申請書」のように書いてください。"
                    ),
                    title=excerpt(title or piece.name),
                ),
                level=None if not title else "AA",
            )


RULE = Rule(
    id="download_title",
    title=N_("中身の分からないファイルの題名"),
    level="A",
    why=N_("開いてみるまで、要るファイルかどうか分かりません。"),
    source="JIS X 8341-3:2016 2.4.4",
    find=find,
)
