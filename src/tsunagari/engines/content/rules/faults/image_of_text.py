"""What is said in an image of letters stands in the page as letters."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.images import pictures
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_LETTERS = re.compile(
    r"チラシ|ちらし|ポスター|リーフレット|案内文|お知らせ文|一覧表|料金表|時刻表|日程表|flyer|poster|leaflet|timetable",
    re.IGNORECASE,
)
_FILE = re.compile(r"chirashi|flyer|poster|leaflet|annai|timetable", re.IGNORECASE)


def find(page: Page) -> Iterator[Found]:
    """Images that by their words or name are leaflets, posters, tables."""
    for picture in pictures(page):
        if _LETTERS.search(picture.alt) or _FILE.search(picture.address):
            yield Found(
                place=picture.place,
                found=excerpt(picture.alt or picture.address),
                said=say(
                    N_(
                        "文字の多い画像（チラシ・表など）のようです。同じ内容を、本文の文字でも書いてください。"
                    )
                ),
            )


RULE = Rule(
    id="image_of_text",
    title=N_("文字の画像"),
    level="advice",
    why=N_("画像の文字は、大きくすることも、読み上げることも、翻訳することもできません。"),
    source="JIS X 8341-3:2016 1.4.5",
    find=find,
)
