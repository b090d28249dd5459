"""Walking a checkout: its modules, templates and rooms."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOM_DEPTH = {"city": 1, "kernel": 2, "engines": 2, "services": 3}
"""How many folders of a path under the package name a room, by floor."""


def package(root: Path) -> Path:
    """The folder of the four floors."""
    return root / "src" / "tsunagari"


def modules(root: Path, *, tests: bool = False) -> Iterator[Path]:
    """The modules of the four floors, without migrations; with `tests` also the rooms' tests."""
    for path in sorted(package(root).rglob("*.py")):
        if "migrations" in path.parts or (not tests and "tests" in path.parts):
            continue
        yield path


def templates(root: Path) -> Iterator[Path]:
    """The HTML templates of the four floors."""
    yield from sorted(path for path in package(root).rglob("*.html") if "templates" in path.parts)


def room(root: Path, path: Path) -> Path:
    """The room, engine, service or city folder in which a file stands."""
    parts = path.relative_to(package(root)).parts
    return package(root).joinpath(*parts[: ROOM_DEPTH.get(parts[0], 1)])


def place(root: Path, path: Path, line: int = 0) -> str:
    """How a sentence names a file: its path in the checkout, with the line where one is known."""
    name = path.relative_to(root).as_posix()
    return f"{name}:{line}" if line else name


def parsed(path: Path) -> ast.Module:
    """The module as a tree; parsed once while the file stays as it is."""
    stat = path.stat()
    return _parsed(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4096)
def _parsed(path: Path, _changed: int, _size: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[tuple[int, str, str]]:
    """Every import of a module: line, module, and the name taken from it ("" for the module itself)."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, node.module or "", alias.name) for alias in node.names)


def calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call of a module with its owner and name: `a.b.c()` is ("a.b", "c"), `c()` is ("", "c")."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            owner, _, name = ast.unparse(node.func).rpartition(".")
            yield node, owner, name
