"""Pages of documentation that are written from the code: `bin/docs` writes them, a rule keeps them fresh."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def pages(root: Path) -> dict[str, str]:
    """Every generated page by its path in the checkout."""
    found = {}
    if (root / "src/tsunagari/city/environment.py").exists():
        found["docs/guide/settings.md"] = settings_page(root)
    return found


def settings_page(root: Path) -> str:
    """The environment variables with default and meaning, read from city/environment.py without running it."""
    lines = [
        "# Settings",
        "",
        "Written by `bin/docs` from `src/tsunagari/city/environment.py`. An installation is set by these environment variables and by nothing else;",
        "a value that makes no sense is refused at start, in a sentence.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for words in _variables(root / "src/tsunagari/city/environment.py"):
        default = f"`{words['default']}`" if words["default"] else "(empty)"
        lines.append(
            f"| `TSUNAGARI_{words['name']}` | {default} | {words['meaning'].replace('|', '/')} |"
        )
    return "\n".join(lines) + "\n"


def _variables(path: Path) -> Iterator[dict[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Variable"
        ):
            yield {str(word.arg): _shown(word.value) for word in node.keywords}


def _shown(value: ast.expr) -> str:
    """A value as a reader may see it: the data folder's default is told by its place in the checkout."""
    return str(value.value) if isinstance(value, ast.Constant) else "var in the checkout"


def main() -> int:
    """Write the pages; with --check write nothing and say which are old."""
    check = "--check" in sys.argv
    old = [
        name
        for name, text in pages(ROOT).items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != text
    ]
    for name in old:
        print(
            f"{name}: is older than the code; run bin/docs and commit it."
            if check
            else f"wrote {name}"
        )
        if not check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(pages(ROOT)[name], encoding="utf-8")
    return 1 if old and check else 0


if __name__ == "__main__":
    raise SystemExit(main())
