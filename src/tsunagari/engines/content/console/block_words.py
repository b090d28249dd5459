"""The stream's blocks in groups and plain words, the usual ones first. Words of the console alone: no table knows them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tsunagari.engines.content.models import PAGE_TYPES

_USUAL: Final = _("よく使う")
_TELLING: Final = _("説明を分かりやすく")
_LEADING: Final = _("ほかのページ・ファイルへ")
_ASKING: Final = _("場所と問い合わせ")

WORDS: Final = {
    "text": (_USUAL, _("文章・見出し・箇条書き・リンク")),
    "table": (_USUAL, _("行と列のある表。Excelから貼り付けられます")),
    "picture": (_USUAL, _("写真や図と、その説明")),
    "downloads": (_USUAL, _("PDFなどのファイルの一覧")),
    "contact": (_USUAL, _("この内容をどこに聞けばよいか")),
    "notice": (_TELLING, _("見落としてほしくないことを枠で囲みます")),
    "steps": (_TELLING, _("手続きの順番。番号が付きます")),
    "fees": (_TELLING, _("いくらかかるか")),
    "accordion": (_TELLING, _("必要な人だけが開く説明")),
    "video": (_TELLING, _("動画と、字幕・文字起こし")),
    "related": (_LEADING, _("あわせて読むページ")),
    "questions": (_LEADING, _("登録してある質問を選んで出します")),
    "events": (_LEADING, _("登録してあるイベントを選んで出します")),
    "place": (_ASKING, _("住所・行き方・開いている時間と地図")),
}
"""For each block its group, and in a few words what it is for."""


def group_blocks() -> None:
    """Give every stream its groups and words."""
    for kind in PAGE_TYPES:
        stream = kind._meta.get_field("body").stream_block
        for name, (group, words) in WORDS.items():
            meta = stream.child_blocks[name].meta
            meta.group, meta.description = group, words


group_blocks()
