"""import-linter with a mend: what to do when a contract of .importlinter is broken."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MENDS = {
    "floors": "Imports go down only: city > services > engines > kernel. Move what is needed to the lower floor, or let the upper one pass it in.",
    "kernel-order": "Rooms of the kernel stand in one order, written in .importlinter. Let the upper room call the lower, or let the lower record an event that the upper hears.",
    "kernel-doors": "Another room is entered by its api, its declare or a named tool (i18n, ids, design). Ask its api; if it lacks the question, add it there.",
    "services-apart": "No service knows another. What both need belongs in an engine; what one tells the other is an event.",
    "services-doors": "A service touches an engine by declare (what it says) and api (what it calls). Use those; if the api lacks the question, add it there.",
    "engine-order": "Engines stand in one order, written in .importlinter under engine-order. Call downwards; upwards, record an event that is heard. A new engine needs its row.",
    "engine-doors": "Engines meet only at api. Ask tsunagari.engines.<name>.api, which takes and gives plain data.",
    "drawers": "Inside a room imports go urls > management > views, console, tasks > forms > api > actions > queries > models > rules > declare. "
    "Move the function to the drawer that its caller may open; a file that is none of the drawers belongs in one of them.",
    "service-drawers": "A service is a declaration first: inside it, imports go urls > views, console, tasks > forms > actions > queries > models > service. "
    "What several services could use belongs in an engine.",
    "declare-light": "declare.py is read without a database: mark texts with N_ of tsunagari.kernel.i18n.texts and move what needs Django to another drawer.",
    "acyclic": "Two folders import each other. Move what both need into the lower one, or let the lower record an event that the upper hears.",
}
"""By the contract's id in .importlinter: what to do when it is broken."""

_CONTRACT = re.compile(r"\[importlinter:contract:([\w-]+)\]\s*\nname = (.+)")


def contracts(root: Path) -> dict[str, str]:
    """Names of the contracts by their ids, as .importlinter lists them."""
    return dict(_CONTRACT.findall((root / ".importlinter").read_text(encoding="utf-8")))


def lint(root: Path, *only: str) -> tuple[int, str]:
    """Run import-linter on a checkout; gives its exit code and its words, each broken contract with its mend."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    command += [
        "--no-cache",
        "--no-logo",
        "--config",
        str(root / ".importlinter"),
        *(word for name in only for word in ("--contract", name)),
    ]
    done = subprocess.run(
        command,
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "PATH": "", "NO_COLOR": "1", "COLUMNS": "240"},
        capture_output=True,
        text=True,
        check=False,
    )
    words = done.stdout + done.stderr
    broken = [
        contract
        for contract, name in contracts(root).items()
        if re.search(rf"^{re.escape(name)} BROKEN", words, re.MULTILINE)
    ]
    return done.returncode, words + "".join(
        f"\n→ {contract}: {MENDS[contract]}\n" for contract in broken
    )


if __name__ == "__main__":
    code, said = lint(ROOT)
    print(said)
    raise SystemExit(code)
