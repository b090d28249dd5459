"""How folders, modules and functions look: named, opened with a sentence, short."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.rules import tree
from tsunagari.city.scaffold import CATCH_ALL

LONGEST = 60
PLAN_NUMBER = re.compile(r"(^|_)[a-z]?\d+(_\d+)*($|_)")


def every_folder_of_modules_is_a_package(root: Path) -> Iterator[str]:
    """A folder with modules has __init__.py: without it, import-linter does not see what is in it."""
    for folder in sorted({path.parent for path in tree.package(root).rglob("*.py")}):
        inside = [folder, *folder.parents]
        for part in inside[: inside.index(tree.package(root)) + 1]:
            if not (part / "__init__.py").exists():
                yield f"{tree.place(root, part)}: has modules but no __init__.py; add one that says in a sentence what the folder holds."


def every_module_opens_with_a_sentence(root: Path) -> Iterator[str]:
    """The first thing in a module is a docstring whose first paragraph is a sentence."""
    for path in [*tree.modules(root, tests=True), *sorted((root / "tests").rglob("*.py"))]:
        first = (ast.get_docstring(tree.parsed(path)) or "").split("\n\n")[0].strip()
        if not first.endswith((".", "…", ":", "?", "。", '"', "`", ")")):
            yield f"{tree.place(root, path)}: does not open with a sentence; write a docstring that says what the module holds and why."


def functions_fit_on_a_screen(root: Path) -> Iterator[str]:
    """No function is longer than 60 lines."""
    for path in tree.modules(root, tests=True):
        for node in ast.walk(tree.parsed(path)):
            if (
                not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                or node.end_lineno is None
            ):
                continue
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST:
                yield (
                    f"{tree.place(root, path, node.lineno)}: {node.name} has {length} lines, more than {LONGEST}; "
                    f"take out the parts that one can name into functions of their own."
                )


def modules_are_named_after_what_they_hold(root: Path) -> Iterator[str]:
    """No module and no folder has a name under which anything fits, nor a name that ends in such a word."""
    paths = {
        *tree.modules(root, tests=True),
        *(path.parent for path in tree.modules(root, tests=True)),
    }
    for path in sorted(paths):
        if path.stem.rpartition("_")[2] in CATCH_ALL:
            yield f"{tree.place(root, path)}: {path.stem!r} is a name under which anything fits; name it after what it holds."


def folders_bear_words_and_no_plan_numbers(root: Path) -> Iterator[str]:
    """Plans renumber; a service's folder is a word of the city, its plan number is data in the pack."""
    package = tree.package(root)
    for path in sorted(
        [*package.glob("services/*"), *package.glob("services/*/*"), *package.glob("engines/*")]
    ):
        if path.is_dir() and not path.name.startswith("__") and PLAN_NUMBER.search(path.name):
            yield (
                f"{tree.place(root, path)}: bears a number of the plan, and plans renumber; "
                f"name the folder with a word of the city and give the number in cities/<city>/plan."
            )
