"""How things happen: the clock is passed in, actions write the ledger, tasks follow it, no hidden signals."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.rules import tree

NOW = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
DOMAIN = {"actions", "queries", "models", "rules", "declare"}


def the_clock_is_passed_in(root: Path) -> Iterator[str]:
    """Only kernel/i18n/clock.py reads the time; the domain gets the clock as an argument (the system's may be its default)."""
    for path in tree.modules(root):
        parts = path.relative_to(tree.package(root)).with_suffix("").parts
        if parts == ("kernel", "i18n", "clock"):
            continue
        for call, owner, name in tree.calls(path):
            if (owner.rpartition(".")[2], name) in NOW:
                yield (
                    f"{tree.place(root, path, call.lineno)}: reads the time with {owner}.{name}(); take `clock: Clock` as an argument "
                    f"and call clock(); faces pass tsunagari.kernel.i18n.clock.system_clock."
                )
        if DOMAIN & set(parts):
            for line in _uses_beyond_a_default(path, "system_clock"):
                yield (
                    f"{tree.place(root, path, line)}: the domain asks system_clock by itself; "
                    f"take `clock: Clock` as an argument, so that a test can hand in 31 March, and let views, tasks or commands pass it."
                )


def _uses_beyond_a_default(path: Path, name: str) -> list[int]:
    """Lines on which a name is used other than as the default of an argument or field."""
    defaults: set[int] = set()
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.arguments):
            defaults |= {id(given) for given in [*node.defaults, *node.kw_defaults]}
        elif isinstance(node, ast.AnnAssign):
            defaults.add(id(node.value))
    return [
        node.lineno
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Name) and node.id == name and id(node) not in defaults
    ]


def the_ledger_is_written_in_actions_only(root: Path) -> Iterator[str]:
    """record(…) and record_all(…) of the ledger's api is called in actions/ and nowhere else."""
    for path in tree.modules(root):
        parts = path.relative_to(tree.package(root)).parts
        if "actions" in parts or parts[:2] == ("kernel", "ledger"):
            continue
        for line, module, name in tree.imports(path):
            if module == "tsunagari.kernel.ledger.api" and name in ("record", "record_all"):
                yield _records_outside(root, path, line)
        for call, owner, name in tree.calls(path):
            if name in ("record", "record_all") and owner.split(".")[0] == "ledger":
                yield _records_outside(root, path, call.lineno)


def _records_outside(root: Path, path: Path, line: int) -> str:
    return (
        f"{tree.place(root, path, line)}: records an event outside actions/; "
        f"move the write with its record() into a function in {tree.place(root, tree.room(root, path))}/actions/."
    )


def an_action_starts_no_task(root: Path) -> Iterator[str]:
    """An action imports no task: it records an event, a declared listener enqueues."""
    for path in tree.modules(root):
        if "actions" not in path.relative_to(tree.package(root)).parts:
            continue
        for line, module, name in tree.imports(path):
            if module.endswith(".tasks") or name == "tasks":
                yield (
                    f"{tree.place(root, path, line)}: an action imports {module}; record an event instead, "
                    f"and declare a Listener in tasks.py that enqueues the task when it hears it."
                )


def there_are_no_signals_of_our_own(root: Path) -> Iterator[str]:
    """No Signal is made; a library's is heard in one file per room, named <library>_signals.py."""
    for path in tree.modules(root):
        for call, _, name in tree.calls(path):
            if name in ("Signal", "ModelSignal"):
                yield (
                    f"{tree.place(root, path, call.lineno)}: makes a signal; declare an Event in declare.py, record it in an action, "
                    f"and name who hears it in a Listener."
                )
        if path.stem.endswith("_signals"):
            continue
        for line, module, name in tree.imports(path):
            dispatches = module == "django.dispatch" and name == "receiver"
            library = not module.startswith("tsunagari.") and (
                module.rpartition(".")[2] == "signals" or name == "signals"
            )
            if dispatches or library:
                yield (
                    f"{tree.place(root, path, line)}: listens to {module}; put it into one file of the room named "
                    f"<library>_signals.py, for example allauth_signals.py, so that one sees where flow is hidden."
                )
