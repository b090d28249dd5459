"""What an old page says of itself: title, summary, language, when it was changed, which division answers for it."""

import re
from datetime import date
from typing import Final

from tsunagari.engines.content.rules.pasted.leaves import squeezed
from tsunagari.engines.content.rules.pasted.tree import Node
from tsunagari.engines.content.rules.pieces import Language
from tsunagari.kernel.i18n.eras import DateRefused, parse_day
from tsunagari.kernel.i18n.widths import narrow_signs

_DAY: Final = r"((?:(?:令和|平成|昭和|[RHSrhs])\.?\s?(?:元|\d{1,2})|\d{4})\s?(?:年|[./-])\s?\d{1,2}\s?(?:月|[./-])\s?\d{1,2}\s?日?)"
_UPDATED: Final = re.compile(
    rf"(?:最終)?(?:更新|掲載|公開|登録|作成|改訂)(?:年月)?日(?:時)?\s?[:：]?\s?\(?{_DAY}|{_DAY}\s?(?:更新|掲載|公開|現在更新)"
    rf"|(?:Last )?Updated?(?: on)?\s?:?\s?{_DAY}",
    re.IGNORECASE,
)
_DIVISION: Final = re.compile(
    r"(?:お?問い?合わ?せ先?|担当(?:課|部署|部局)?|所管(?:課|部署)?|作成(?:課|部署)?|発信元|この(?:ページ|記事)に関する(?:お)?問い?合わ?せ(?:先)?(?:は)?)"
    r"[\s:：、】』」>＞)]*((?:[一-龠々ァ-ヶーぁ-ん・]{1,20}(?:部|局|室|本部)[\s　]*)?[一-龠々ァ-ヶーぁ-ん・]{1,20}(?:課|係|室|担当|センター|事務局|館|所))"
)
_SPLIT: Final = re.compile(
    r"\s*(?:[|｜]|\s[-–—−:：/]\s|[-−–—｜|]\s?(?=[^-]*(?:市|区|町|村|県|都|府|道|ホームページ|公式|サイト|Web|City)))\s*"
)


def title_of(root: Node, main: Node) -> str:
    """The first heading of the page's own part, else its <title> without the name of the site.

    A first heading outside of that part is often the city's name; it counts only when <title> says it, too.
    """
    whole = next(filter(None, _texts(root, "title")), "")
    outside = [heading for heading in _texts(root, "h1") if heading and heading in whole]
    named = _SPLIT.split(whole)[0].strip() or whole
    begins = [heading for heading in outside if whole.startswith(heading)]
    found = [*_texts(main, "h1"), *begins, named, *_texts(main, "h2"), *outside]
    return next(filter(None, found), "")


def _texts(where: Node, tag: str) -> list[str]:
    return [squeezed(node.text()).strip() for node in where.walk() if node.tag == tag]


def summary_of(root: Node) -> str:
    """What the page says of itself to search machines."""
    for node in root.walk():
        if node.tag == "meta" and node.said.get("name", "").lower() == "description":
            return squeezed(node.said.get("content", "")).strip()
    return ""


def keywords_of(root: Node) -> tuple[str, ...]:
    """Words for search machines."""
    for node in root.walk():
        if node.tag == "meta" and node.said.get("name", "").lower() == "keywords":
            words = re.split(r"[,、，]", node.said.get("content", ""))
            return tuple(word.strip() for word in words if word.strip())
    return ()


def language_of(root: Node, text: str) -> Language:
    """English where the page says so or has hardly a Japanese letter; easy Japanese where it calls itself so."""
    said = next((node.said["lang"].lower() for node in root.walk() if node.said.get("lang")), "")
    japanese = sum("\u3040" <= letter <= "\u30ff" for letter in text[:5000])
    if "やさしい日本語" in text[:400] or "やさしい にほんご" in text[:400]:
        return "easy"
    latin = sum(letter.isascii() and letter.isalpha() for letter in text[:5000])
    if (said.startswith("en") and japanese * 5 < latin) or (latin > 200 and japanese * 50 < latin):
        return "en"
    return "ja"


def updated_of(text: str) -> date | None:
    """When the page was changed last, as it says itself; None if it does not."""
    for found in _UPDATED.finditer(narrow_signs(squeezed(text))):
        day = next(filter(None, found.groups()), "")
        try:
            return parse_day(day.replace(" ", ""))
        except DateRefused:
            continue
    return None


def division_of(text: str) -> str:
    """The division that answers for the page, as it signs; "" if it does not."""
    found = _DIVISION.search(squeezed(text))
    return re.sub(r"[\s　]+", " ", found[1]).strip() if found else ""
