"""In which letters an old page was saved: by its mark, by what it declares, or by trying; wrong declarations are common."""

import re
from typing import Final

_DECLARED: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{3,20})", re.IGNORECASE)
_NAMES: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "euc-jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_ext",
}
_TRIED: Final = ("utf-8", "cp932", "euc_jp")


def decode(data: bytes) -> str:
    """The text of a saved page; letters that cannot be read become U+FFFD where nothing fits."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    found = _DECLARED.search(data[:4096])
    declared = _NAMES.get(found[1].decode("ascii").lower(), "") if found else ""
    readable = [text for name in (declared, *_TRIED) if name and (text := _read(data, name))]
    if declared and readable and _read(data, declared):
        return readable[0]
    return min(readable, key=_strange) if readable else _least_harmed(data, declared)


def _read(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return ""


def _strange(text: str) -> int:
    """Letters that a page hardly has, but that other encodings make of its bytes."""
    return sum("\uff61" <= letter <= "\uff9f" or "\ue000" <= letter <= "\uf8ff" for letter in text)


def _least_harmed(data: bytes, declared: str) -> str:
    """By the encoding that loses the fewest letters; the declared one wins a draw."""
    names = [name for name in (declared, *_TRIED) if name]
    return min(
        (data.decode(name, "replace") for name in names), key=lambda text: text.count("\ufffd")
    )
