"""Which part of an old page is its own: not the head, the menus, the foot that every page of the site has."""

import re
from collections.abc import Iterator
from typing import Final

from tsunagari.engines.content.rules.pasted.leaves import squeezed
from tsunagari.engines.content.rules.pasted.tree import Node

_MAIN: Final = re.compile(
    r"^(?:main|main[-_]?(?:contents?|area|body|column|inner)|contents?|contents?[-_]?(?:main|body|area|inner|detail)|tmp_contents|"
    r"article|article[-_]?body|entry|entry[-_]?(?:body|content)|honbun|page[-_]?(?:body|content)|wysiwyg|free[-_]?area|detail)$",
    re.IGNORECASE,
)
_AROUND: Final = re.compile(
    r"(?:^|[-_ ])(?:header|footer|foot|nav|navi|gnav|gnavi|lnav|lnavi|globalnavi?|localnavi?|navigation|menu|side|sidebar|sidemenu|"
    r"breadcrumbs?|crumbs?|topicpath|topic[-_]?path|pankuzu|pagetop|page[-_]?top|to[-_]?top|totop|skip|skiplink|search|"
    r"sns|share|social|print|banner|banners|related|recommend|copyright|language|fontsize|font[-_]?size|tool|tools|toolbar|"
    r"enquete|questionnaire|anketo|pagenavi|pager|adobe|reader)(?:$|[-_ ]|[0-9])",
    re.IGNORECASE,
)
_AROUND_TAGS: Final = frozenset({"nav", "header", "footer", "aside", "form"})
_LINE: Final = re.compile(
    r"(?:この)?(?:ページ|頁|画面)の(?:先頭|トップ|上部?|最初)へ?(?:戻る|もどる|移動)?|トップ(?:ページ)?へ(?:戻る|もどる)|(?:前の|元の)?ページへ?(?:に)?(?:戻る|もどる)|"
    r"(?:ここから)?本文(?:へ(?:移動|スキップ)|です|ここから|ここまで)?[。.]?|ここから(?:本文|ヘッダー|フッター)(?:です)?[。.]?|(?:本文)?ここまで(?:です)?[。.]?|"
    r"(?:このページを)?印刷(?:する|用ページ|画面)?|ツイート|シェア(?:する)?|いいね[!！]?|page ?top|back to top|top|戻る|"
    r"(?:最終)?(?:更新|掲載|公開|登録)日[:：]?.{6,24}|ページ番号[:：]?\s*[0-9-]+|(?:現在(?:地|の位置|位置)|ここは)[:：].*|ホーム\s*[>＞»].*|トップ(?:ページ)?\s*[>＞»].*|"
    r"PDF(?:形式の)?(?:ファイル)?を(?:開く|ご覧(?:いただく|になる)|閲覧(?:する)?)に?は?、?.*Adobe.*|Adobe (?:Acrobat )?Reader.*(?:ダウンロード|入手).*",
    re.IGNORECASE,
)
_ENOUGH: Final = 20


def main_part(root: Node) -> Node:
    """The element that holds the page's own contents, without what stands around it."""
    chosen = _named(root) or _densest(root) or root
    return _bared(chosen)


def _named(root: Node) -> Node | None:
    """By <main>, role, <article>, or an id or class that many sites use; the most letters win, <main> first."""
    for wanted in (_is_main, _is_article, _is_named):
        found = [node for node in root.walk() if wanted(node)]
        best = max(found, key=lambda node: len(node.text().strip()), default=None)
        if best is not None and len(best.text().strip()) >= _ENOUGH:
            return best
    return None


def _is_main(node: Node) -> bool:
    return node.tag == "main" or node.said.get("role") == "main"


def _is_article(node: Node) -> bool:
    return node.tag == "article"


def _is_named(node: Node) -> bool:
    return node.tag in ("div", "section", "td") and any(map(_MAIN.match, _names(node)))


def _names(node: Node) -> list[str]:
    return [node.said.get("id", ""), *node.said.get("class", "").split()[:6]]


def is_around(node: Node) -> bool:
    """Whether an element is one that every page of a site has."""
    if node.tag in _AROUND_TAGS:
        return True
    if node.said.get("role") in ("navigation", "banner", "contentinfo", "search", "complementary"):
        return True
    return node.tag in ("div", "ul", "ol", "p", "table", "section", "td", "dl") and any(
        _AROUND.search(name) for name in _names(node) if name
    )


def _densest(root: Node) -> Node | None:
    """The block with the most letters outside of links, counted where they stand directly in paragraphs."""
    best, most = None, 0.0
    for node in root.walk():
        if node.tag not in ("div", "td", "section", "body", "center") or is_around(node):
            continue
        letters = sum(len(text.strip()) for text in _own_letters(node))
        if letters > most * 1.1:
            best, most = node, letters
    return best if most >= _ENOUGH else None


def _own_letters(node: Node) -> Iterator[str]:
    """Letters of a block that stand in no other block, and in no link."""
    waiting: list[Node | str] = list(reversed(node.inside))
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif each.tag not in (
            "div",
            "td",
            "section",
            "a",
            "script",
            "style",
            "center",
        ) and not is_around(each):
            waiting += reversed(each.inside)


def _bared(chosen: Node) -> Node:
    """The element without menus, the way to it, links to its top, and lines that belong to every page."""
    bare = Node(tag=chosen.tag, said=chosen.said, style=chosen.style)
    for each in chosen.inside:
        if isinstance(each, str):
            bare.inside.append(each)
        elif _is_own(each) and not _is_furniture(each):
            bare.inside.append(_bared(each))
    return bare


def _is_own(node: Node) -> bool:
    """Not a menu or the like; a <header> with a heading belongs to what it heads."""
    if node.tag == "header":
        return any(each.tag in ("h1", "h2", "h3") for each in node.walk())
    return not is_around(node)


def _is_furniture(node: Node) -> bool:
    if node.tag in ("br", "img", "table", "ul", "ol", "tbody", "tr", "hr"):
        return False
    text = squeezed(node.text()).strip(" \u3000↑▲△^[]［］()")
    return bool(text) and len(text) < 120 and bool(_LINE.fullmatch(text))
