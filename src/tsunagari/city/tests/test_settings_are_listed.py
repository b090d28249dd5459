"""Everything that an installation sets stands in one list: nothing reads the environment past it."""

import ast
from collections.abc import Iterator

from tsunagari.city import environment

SOURCE = environment.ROOT / "src/tsunagari"
LIST = SOURCE / "city/environment.py"
READS = ("os.environ", "os.environb", "os.getenv", "os.getenvb")


def reads(text: str) -> Iterator[int]:
    """Lines that read the environment; setting a value or a default there is no reading."""
    tree = ast.parse(text)
    writes: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            writes.add(id(node.value))
        if isinstance(node, ast.Attribute) and node.attr == "setdefault":
            writes.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            if {name.name for name in node.names} & {"environ", "environb", "getenv", "getenvb"}:
                yield node.lineno
        elif (
            isinstance(node, ast.Attribute)
            and ast.unparse(node) in READS
            and id(node) not in writes
        ):
            yield node.lineno


def test_a_reading_is_told_from_a_setting() -> None:
    text = """
import os
from os import getenv
os.environ["A"] = "b"
os.environ.setdefault("A", "b")
os.environ["A"]
os.environ.get("A")
os.getenv("A")
dict(os.environ)
"""
    assert sorted(reads(text)) == [3, 6, 7, 8, 9]


def test_nothing_but_the_list_reads_the_environment() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}: reads the environment; name the variable in city/environment.py and take it from settings."
        for path in sorted(SOURCE.rglob("*.py"))
        if path != LIST and "tests" not in path.parts
        for line in reads(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def test_the_list_reads_no_variable_that_it_does_not_name() -> None:
    listed = {variable.name for variable in environment.VARIABLES}
    named = {
        node.args[0].value
        for path in (LIST, SOURCE / "city/settings.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
        in ("value", "flag", "is_given")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert named <= listed
    assert listed - named <= {"OIDC_STAFF", "OIDC_RESIDENTS"}  # asked for by a loop over both


def test_the_list_is_in_order_and_has_nothing_twice() -> None:
    names = [variable.name for variable in environment.VARIABLES]
    assert len(names) == len(set(names))
    assert all(variable.meaning.endswith((".", ")")) for variable in environment.VARIABLES)
