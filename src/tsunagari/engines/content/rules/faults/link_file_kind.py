"""A link to a file tells the file's kind."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_KINDS = {
    "pdf": ("PDF",),
    "doc": ("Word", "ワード"),
    "docx": ("Word", "ワード"),
    "xls": ("Excel", "エクセル"),
    "xlsx": ("Excel", "エクセル"),
    "ppt": ("PowerPoint", "パワーポイント"),
    "pptx": ("PowerPoint", "パワーポイント"),
    "csv": ("CSV",),
    "zip": ("ZIP", "圧縮"),
    "txt": ("テキスト", "text"),
    "jtd": ("一太郎",),
    "mp3": ("音声", "MP3", "audio"),
    "mp4": ("動画", "MP4", "video"),
}
_ENDING = re.compile(r"\.([a-z0-9]{2,4})$")


def find(page: Page) -> Iterator[Found]:
    """Links to files whose words do not name the kind; the mend adds it."""
    for link in page.links:
        kinds = _kinds(link.href)
        if not kinds or not link.text or any(kind.lower() in link.text.lower() for kind in kinds):
            continue
        end = link.element.end if link.element else len(link.passage.text)
        trailing = link.passage.text[:end]
        end -= len(trailing) - len(trailing.rstrip())
        written = f" ({kinds[0]})" if page.knowledge.language == "en" else f"（{kinds[0]}）"
        mend = link.passage.mend(
            say(N_("「%(kind)s」と書き添える"), kind=written.strip()),
            end - 1,
            end,
            link.passage.text[end - 1 : end] + written,
        )
        yield Found(
            place=link.place,
            found=link.text,
            said=say(
                N_(
                    "「%(text)s」を開くと、ファイル（%(kind)s）が開きます。リンクの言葉に、種類と大きさを書き添えてください。"
                ),
                text=excerpt(link.text),
                kind=kinds[0],
            ),
            mends=() if link.images else (mend,),
        )


def _kinds(href: str) -> tuple[str, ...]:
    try:
        ending = _ENDING.search(urlsplit(href).path.lower())
    except ValueError:
        return ()
    return _KINDS.get(ending[1], ()) if ending else ()


RULE = Rule(
    id="link_file_kind",
    title=N_("種類の分からないファイルへのリンク"),
    level="advice",
    why=N_(
        "ファイルは、開くのに時間や通信量がかかり、別のソフトが要ることがあります。開く前に選べるようにします。"
    ),
    source="JIS X 8341-3:2016 2.4.4, 3.2.2",
    find=find,
)
