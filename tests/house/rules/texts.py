"""What is read: texts on screens with their English, and pages of documentation."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import generated
from tests.house.rules import tree
from tsunagari.city import catalogues

_MARKED = re.compile(
    r"""\{%-?\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"""
    r"""|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->""",
    re.DOTALL,
)
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]+")
_VARIABLE = re.compile(r'Variable\(\s*name="([A-Z_]+)"')


def every_text_has_its_english(root: Path) -> Iterator[str]:
    """Each marked text stands translated in its folder's English catalogue."""
    yield from catalogues.problems(tree.package(root))


def japanese_on_a_page_is_marked(root: Path) -> Iterator[str]:
    """Japanese in a template stands in translate or blocktranslate, so that it has its English."""
    for path in tree.templates(root):
        if "examples" in path.parts:  # the components' examples on /design show a city's own data
            continue
        text = _MARKED.sub(
            lambda mark: "\n" * mark[0].count("\n"), path.read_text(encoding="utf-8")
        )
        for number, line in enumerate(text.splitlines(), start=1):
            if 'translate="no"' in line:
                continue
            if match := _JAPANESE.search(line):
                yield (
                    f'{tree.place(root, path, number)}: “{match[0]}” is not marked; write {{% translate "…" %}} '
                    f'(or translate="no" on the same line where it stays Japanese in every language).'
                )


def every_setting_is_documented(root: Path) -> Iterator[str]:
    """Each environment variable of city/environment.py stands in docs/guide/settings.md."""
    source = tree.package(root) / "city" / "environment.py"
    page = root / "docs" / "guide" / "settings.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    for name in _VARIABLE.findall(source.read_text(encoding="utf-8")) if source.exists() else ():
        if f"`TSUNAGARI_{name}`" not in text:
            yield f"docs/guide/settings.md: does not name TSUNAGARI_{name}; run bin/docs, which writes the page from city/environment.py."


def generated_pages_are_fresh(root: Path) -> Iterator[str]:
    """Pages that are written from the code say what the code says."""
    for name, text in generated.pages(root).items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"{name}: is older than the code it is written from; run bin/docs and commit the page."
