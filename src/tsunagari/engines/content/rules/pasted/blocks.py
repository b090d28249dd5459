"""What the cleaner gives: plain blocks, and notes that say what was changed or left out."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.kernel.i18n.texts import N_


@dataclass(frozen=True, kw_only=True)
class Text:
    """Rich text of p, ul, ol, li, b, i, sup, sub, br and a[href], and nothing else."""

    html: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of level 2 to 4."""

    level: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in which every row has as many cells; cells are plain text, lines in them end with a line break."""

    caption: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header_row: bool = False
    header_column: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image that stood there: its address, to be fetched or chosen anew, and its alternative text."""

    src: str
    alt: str


Block = Text | Heading | Table | Picture


@dataclass(frozen=True, kw_only=True)
class Note:
    """One kind of change, in a sentence, and how often it was made. `kind` is a stable word."""

    kind: str
    said: Sentence
    count: int


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """What can be put on a page, and what to tell the person who pasted it."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


KINDS: Final = {
    "cut": N_("とても長いため、途中までを取り込みました。残りは分けて貼り付けてください。"),
    "deep": N_("入れ子が深すぎる所から先は取り込めませんでした。"),
    "script": N_("プログラム（スクリプト）を%(count)s個取り除きました。"),
    "embedded": N_(
        "埋め込み（動画・地図・フォームなど）を%(count)s個取り除きました。必要なら、専用のブロックで入れてください。"
    ),
    "drawing": N_("図形を%(count)s個取り除きました。必要なら、画像として入れてください。"),
    "image": N_("画像%(count)s枚は貼り付けでは取り込めません。画像として入れ直してください。"),
    "link": N_("開けないリンク（パソコンの中のファイルなど）を%(count)s個、言葉だけにしました。"),
    "deleted": N_("変更履歴で削除された文字や取り消し線の文字を、%(count)sか所取り除きました。"),
    "comment": N_("コメントを%(count)s個取り除きました。"),
    "hidden": N_("見えないようにしてあった部分を%(count)sか所取り除きました。"),
    "ruby": N_("ふりがなを%(count)sか所取り除きました。ふりがなはページが付けます。"),
    "characters": N_("半角カナ・全角英数字・機種依存文字を%(count)sか所直しました。"),
    "list": N_(
        "記号や番号で作った箇条書きを%(count)s個、箇条書きにしました。番号は自動で付きます。"
    ),
    "heading": N_("太字や記号の行を%(count)s行、見出しにしました。"),
    "heading_order": N_("見出しのレベルを、上から順にそろえました。"),
    "merged": N_("結合したセルを%(count)s個、それぞれのセルに同じ内容を入れて分けました。"),
    "nested": N_("表の中の表を%(count)s個、文字にしました。"),
    "layout": N_("並べるためだけの表を%(count)s個、ふつうの文章にしました。"),
    "header_row": N_("表の1行目を、見出し行として扱いました。"),
    "header_column": N_("表の1列目を、見出し列として扱いました。"),
    "colour": N_("色の付いた文字%(count)sか所を、太字にしました。"),
}
"""What the cleaner says of each kind of change."""


class Notes:
    """Counts what was changed."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, kind: str, count: int = 1) -> None:
        """Something of this kind happened."""
        if count:
            self.counts[kind] += count

    def told(self) -> tuple[Note, ...]:
        """The notes, in the order of KINDS."""
        return tuple(
            Note(kind=kind, said=say(words, count=self.counts[kind]), count=self.counts[kind])
            for kind, words in KINDS.items()
            if self.counts[kind]
        )
