"""An alternative text tells what is to be seen, not that there is an image."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tsunagari.engines.content.rules.characters import plain_characters, seen
from tsunagari.engines.content.rules.images import pictures
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_PLACEHOLDER = re.compile(
    r"(?:画像|写真|図|図表|グラフ|イラスト|バナー|アイコン|ロゴ|地図|表|ポスター|チラシ|スクリーンショット|代替テキスト|"
    r"image|img|photo|picture|pic|figure|fig|icon|logo|banner|graphic|untitled|null|alt|spacer)"
    r"[\s_-]*[0-9０-９①-⑳]*(?:です|を?クリック)?[。.]?",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"[^\s。、]+\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|heic|avif)|(?:IMG|DSC[NF]?|PXL|P)[_-]?[0-9]{3,}(?:[_-]\w+)*"
    r"|スクリーンショット\s*[0-9 ().\-]+",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Found]:
    """Alternative texts that are a file's name, or only 画像 or 写真."""
    for picture in pictures(page):
        alt = plain_characters(seen(picture.alt))
        if alt and (
            _PLACEHOLDER.fullmatch(alt) or _FILE.fullmatch(alt) or _names(picture.address, alt)
        ):
            yield Found(
                place=picture.place,
                found=alt,
                said=say(
                    N_(
                        "代替テキスト「%(text)s」では、何の画像か伝わりません。写っているもの、伝えたいことを書いてください。"
                    ),
                    text=excerpt(alt),
                ),
            )


def _names(address: str, alt: str) -> bool:
    """Whether the text is the file's name; a name in Japanese words may well say what is seen."""
    stem = PurePosixPath(address.partition("?")[0]).stem
    return bool(stem) and alt == stem and alt.isascii() and " " not in alt


RULE = Rule(
    id="image_alt_says_nothing",
    title=N_("何も伝えない代替テキスト"),
    level="A",
    why=N_("「画像」やファイル名だけが読み上げられ、内容が伝わりません。"),
    source="JIS X 8341-3:2016 1.1.1 / WCAG 2.2 F30",
    find=find,
)
