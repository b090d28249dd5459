"""What templates, style sheets and scripts may do: stay in their house, and let a strict policy guard them."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.rules import tree

_DRAWS_ON = re.compile(r"""\{%-?\s*(include|extends)\s+["']([^"']+)["']""")
_INLINE = (
    (
        re.compile(r"""\sstyle\s*=\s*["']"""),
        "a style attribute",
        "give it a class, and the class its rule in the room's style sheet",
    ),
    (
        re.compile(r"""\son[a-z]+\s*=\s*["']"""),
        "an event handler in an attribute",
        "listen from a module under static/",
    ),
    (re.compile(r"""<style\b"""), "a style element", "move its rules into the room's style sheet"),
    (
        re.compile(r"""<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/(?:ld\+)?json)"""),
        "an inline script",
        "move it into a module under static/ and load it with src",
    ),
    (
        re.compile(r"""\shx-on[:-]"""),
        "htmx code in an attribute",
        "listen from a module under static/: eval is switched off",
    ),
)
_HOST = re.compile(
    r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9][a-z0-9.-]*\.[a-z]{2,}""", re.IGNORECASE
)
_LINK = re.compile(
    r"""<(?:a|c-link|c-button)\b[^>]*?\bhref\s*=\s*["']https?://[^"']+["']""",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(
    r"""\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->|/\*.*?\*/""", re.DOTALL
)


def templates_draw_on_their_own_folder_and_design(root: Path) -> Iterator[str]:
    """A template includes or extends its own room's templates, `design`, or (console) Wagtail's."""
    for path in tree.templates(root):
        room = tree.room(root, path)
        own = {folder.name for folder in room.glob("templates/*") if folder.is_dir()}
        if (room / "console.py").exists() or (room / "console").is_dir():
            own.add("wagtailadmin")
        text = path.read_text(encoding="utf-8")
        for match in _DRAWS_ON.finditer(text):
            folder = match[2].split("/")[0]
            if folder not in own | {"design"}:
                yield (
                    f"{tree.place(root, path, _line(text, match))}: {match[1]} of {match[2]!r}, which is another room's; "
                    f"use a component of kernel/design, or ask the room's api for the data and draw it here."
                )


def components_stand_in_design_only(root: Path) -> Iterator[str]:
    """A cotton component is made in kernel/design, where /design shows it and axe checks it."""
    for path in tree.templates(root):
        room = tree.room(root, path)
        if "cotton" in path.relative_to(room).parts and room.name != "design":
            yield f"{tree.place(root, path)}: a component outside kernel/design; move it there with its example on /design."


def nothing_is_written_inline(root: Path) -> Iterator[str]:
    """No style or script in the page itself: the strict content security policy would refuse it."""
    for path in tree.templates(root):
        text = _without_comments(path)
        for pattern, what, mend in _INLINE:
            for match in pattern.finditer(text):
                yield f"{tree.place(root, path, _line(text, match))}: {what}; the content security policy refuses it: {mend}."


def nothing_comes_from_another_host(root: Path) -> Iterator[str]:
    """Pages, style sheets and scripts load nothing from elsewhere; a link to read on is no load."""
    scripts = [
        path
        for path in tree.package(root).rglob("*")
        if path.suffix in (".css", ".js") and "static" in path.parts
    ]
    for path in [*tree.templates(root), *sorted(scripts)]:
        text = _without_comments(path)
        if path.suffix == ".html":
            text = _LINK.sub(lambda link: "\n" * link[0].count("\n"), text)
        for match in _HOST.finditer(text):
            yield (
                f"{tree.place(root, path, _line(text, match))}: names the host {match[0]}; nothing is loaded from elsewhere: "
                f"serve it from a package in package.json, or take the address from the city pack."
            )


def _without_comments(path: Path) -> str:
    return _COMMENT.sub(
        lambda comment: "\n" * comment[0].count("\n"), path.read_text(encoding="utf-8")
    )


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
