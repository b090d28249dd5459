"""Each contract of .importlinter, broken on purpose in a copy, says who broke it and what to do."""

import shutil
from pathlib import Path

import pytest

from tests.house import contracts

ROOT = Path(__file__).resolve().parents[2]

SENTENCE = '"""Planted."""\n'

PLANTED = {
    "floors": ("kernel/jobs/declare.py", "import tsunagari.engines.plan.declare\n"),
    "kernel-order": ("kernel/jobs/api.py", "import tsunagari.kernel.metering.api\n"),
    "kernel-doors": ("kernel/metering/queries.py", "import tsunagari.kernel.ledger.models\n"),
    "services-apart": (
        "services/voice/website/views.py",
        "import tsunagari.services.procedures.mynumber_card.service\n",
    ),
    "services-doors": ("services/voice/website/views.py", "import tsunagari.engines.plan.models\n"),
    "engine-order": ("engines/undecided/declare.py", SENTENCE),
    "engine-doors": ("engines/other/views.py", "import tsunagari.engines.plan.models\n"),
    "drawers": ("engines/plan/models.py", "import tsunagari.engines.plan.views\n"),
    "service-drawers": (
        "services/voice/website/service.py",
        "import tsunagari.services.voice.website.views\n",
    ),
    "declare-light": ("engines/plan/declare.py", "import django.db.models\n"),
    "acyclic": (
        "kernel/ledger/declare.py",
        "import tsunagari.kernel.metering.declare\nimport tsunagari.kernel.ledger.cycle_a\n",
    ),
}
"""By contract: a file of the copy and the line that breaks it."""

ALSO = {
    "acyclic": {
        "kernel/ledger/cycle_a.py": "import tsunagari.kernel.ledger.cycle_b\n",
        "kernel/ledger/cycle_b.py": "import tsunagari.kernel.ledger.cycle_a\n",
    },
    "services-apart": {"services/procedures/mynumber_card/service.py": ""},
    "service-drawers": {"services/voice/website/views.py": ""},
    "engine-doors": {"engines/other/__init__.py": SENTENCE},
    "engine-order": {"engines/undecided/__init__.py": SENTENCE},
}
"""What else the copy needs so that the planted line means something."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The modules of the house in a folder of their own."""
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / ".importlinter", root)
    wanted = shutil.ignore_patterns(
        "__pycache__", "static", "templates", "locale", "migrations", "*.mo"
    )
    shutil.copytree(ROOT / "src" / "tsunagari", root / "src" / "tsunagari", ignore=wanted)
    return root


def test_every_contract_has_a_mend_and_was_broken_on_purpose() -> None:
    assert set(contracts.contracts(ROOT)) == set(contracts.MENDS) == set(PLANTED)


def test_the_contracts_are_kept() -> None:
    code, said = contracts.lint(ROOT)
    assert code == 0, said


@pytest.mark.parametrize("contract", PLANTED)
def test_a_broken_contract_names_the_culprit_and_the_mend(contract: str, copy: Path) -> None:
    name, line = PLANTED[contract]
    files = {**ALSO.get(contract, {}), name: line}
    package = copy / "src" / "tsunagari"
    before = {
        path: (package / path).read_text(encoding="utf-8") if (package / path).exists() else None
        for path in files
    }
    new_folders = [
        folder for folder in {(package / path).parent for path in files} if not folder.exists()
    ]
    try:
        for path, text in files.items():
            (package / path).parent.mkdir(parents=True, exist_ok=True)
            (package / path).write_text((before[path] or SENTENCE) + text, encoding="utf-8")
        code, said = contracts.lint(copy, contract)
    finally:
        _restore(package, before, new_folders)
    assert code == 1, said
    assert f"{contracts.contracts(ROOT)[contract]} BROKEN" in said
    assert _dotted(name) in said
    assert contracts.MENDS[contract] in said


def _restore(package: Path, before: dict[str, str | None], new_folders: list[Path]) -> None:
    for path, text in before.items():
        if text is None:
            (package / path).unlink(missing_ok=True)
        else:
            (package / path).write_text(text, encoding="utf-8")
    for folder in new_folders:
        shutil.rmtree(folder, ignore_errors=True)


def _dotted(name: str) -> str:
    """How import-linter names a planted file: at least by its folder."""
    return "tsunagari." + name.rpartition("/")[0].replace("/", ".")
