"""Who may know whom, where import-linter does not look: names given as strings, and Wagtail."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.rules import tree

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
LIBRARIES = {
    "auth",
    "contenttypes",
    "sessions",
    "sites",
    "wagtailcore",
    "wagtailimages",
    "wagtaildocs",
    "taggit",
}


def strings_name_only_ones_own_models_or_the_kernels(root: Path) -> Iterator[str]:
    """A foreign key or get_model given as a string names one's own app, the kernel or a library."""
    kernel = {path.name for path in tree.package(root).glob("kernel/*") if path.is_dir()}
    for path in tree.modules(root):
        own = tree.room(root, path).name
        for call, _, name in tree.calls(path):
            label = _label(call, name)
            if label and label not in kernel | LIBRARIES | {own}:
                yield (
                    f"{tree.place(root, path, call.lineno)}: {name} names {label!r}, which is not its own app nor the kernel; "
                    f"keep the other's public id in a text field and ask tsunagari's `{label}` api for the rest."
                )


def wagtail_stands_in_consoles_only(root: Path) -> Iterator[str]:
    """Only console.py, the city and the content engine import Wagtail."""
    for path in tree.modules(root, tests=True):
        parts = path.relative_to(tree.package(root)).parts
        allowed = parts[0] == "city" or parts[:2] == ("engines", "content") or "tests" in parts
        if allowed or path.stem == "console" or "console" in parts:
            continue
        for line, module, _ in tree.imports(path):
            if module.split(".")[0] in ("wagtail", "modelcluster"):
                yield (
                    f"{tree.place(root, path, line)}: imports {module}; Wagtail is the staff's console and stands in console.py only: "
                    f"move the screen there, and what it knows into queries or actions."
                )


def _label(call: ast.Call, name: str) -> str:
    """The app label that a call names as a string; "" where it names none."""
    if name in RELATIONS:
        given = (
            call.args[0]
            if call.args
            else next((word.value for word in call.keywords if word.arg == "to"), None)
        )
        text = (
            given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""
        )
        return text.split(".")[0] if "." in text else ""
    if name == "get_model" and call.args and isinstance(call.args[0], ast.Constant):
        return str(call.args[0].value).split(".")[0]
    return ""
