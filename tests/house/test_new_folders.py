"""A developer writes a new service or engine and every check passes.

The names tried here (trial_…) are ones that no plan will take: a later engine `booking` must not break them.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.house import contracts
from tests.house.rules import RULES
from tsunagari.city import scaffold
from tsunagari.city.environment import ROOT
from tsunagari.city.scaffold import Refused, Words

SERVICE = Words(
    title="病児保育の予約", english="Booking of sick-child care", division="kosodate-shien"
)
ENGINE = Words(title="予約", english="Bookings")

EVENT = '''

@dataclass(frozen=True, kw_only=True)
class Booked(Event, name="trial_balloon.booked", title=N_("予約")):
    """A place was taken."""
'''

TASKS = '''"""What the worker does for bookings."""

from tsunagari.kernel.ledger.declare import Listener, Recorded


def confirm(recorded: Recorded) -> None:
    """Hear of a booking."""


LISTENERS = (Listener(id="trial_balloon.confirm", to=("trial_balloon.booked",), hear=confirm),)
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The checkout's sources and rules in a folder of their own."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    wanted = shutil.ignore_patterns("__pycache__", "*.mo")
    shutil.copytree(ROOT / "src" / "tsunagari", tmp_path / "src" / "tsunagari", ignore=wanted)
    return tmp_path


def _broken(root: Path) -> set[str]:
    return {sentence for rule in RULES for sentence in rule(root)}


def test_a_new_service_is_one_folder_that_keeps_every_rule(copy: Path) -> None:
    before = _broken(copy)
    files = scaffold.write_service(copy, "trial_field", "trial_service", SERVICE)
    assert {path.relative_to(copy / "src/tsunagari").parts[:2] for path in files} == {
        ("services", "trial_field")
    }
    assert _broken(copy) == before
    code, said = contracts.lint(
        copy, "services-apart", "services-doors", "service-drawers", "floors"
    )
    assert code == 0, said


def test_a_new_engine_is_one_folder_and_its_row_in_the_order(copy: Path) -> None:
    before = _broken(copy)
    files = scaffold.write_engine(copy, "trial_balloon", ENGINE)
    outside = [
        path
        for path in files
        if not path.is_relative_to(copy / "src/tsunagari/engines/trial_balloon")
    ]
    assert outside == [copy / ".importlinter"]
    assert _broken(copy) == before
    code, said = contracts.lint(copy, "engine-order", "engine-doors", "drawers", "declare-light")
    assert code == 0, said


def test_the_texts_of_a_new_service_have_their_english(copy: Path) -> None:
    scaffold.write_service(copy, "trial_field", "trial_service", SERVICE)
    catalogue = (
        copy / "src/tsunagari/services/trial_field/trial_service/locale/en/LC_MESSAGES/django.po"
    )
    assert 'msgid "病児保育の予約"\nmsgstr "Booking of sick-child care"' in catalogue.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("p25", "no number"),
        ("SickChild", "small English letters"),
        ("sick-child", "small English letters"),
        ("class", "small English letters"),
        ("utils", "anything fits"),
        ("ledger", "taken by kernel/ledger"),
        ("plan", "taken by engines/plan"),
        ("sessions", "taken by the library django.contrib.sessions"),
    ],
)
def test_it_refuses_a_name_that_will_not_do(name: str, sentence: str, copy: Path) -> None:
    with pytest.raises(Refused, match=sentence):
        scaffold.write_service(copy, "trial_field", name, SERVICE)
    assert not (copy / "src/tsunagari/services/trial_field").exists()


def test_it_refuses_a_field_with_a_plan_number(copy: Path) -> None:
    with pytest.raises(Refused, match="no number"):
        scaffold.write_service(copy, "field1", "trial_service", SERVICE)


@pytest.mark.parametrize(
    "title", ["予約", "子どもが病気のとき保育園に代わって預かる場所の予約とお知らせ" * 2]
)
def test_a_title_of_any_length_stands_as_the_formatter_writes_it(title: str, copy: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", copy)
    words = replace(SERVICE, title=title)
    files = [
        *scaffold.write_service(copy, "trial_field", "trial_service", words),
        *scaffold.write_engine(copy, "trial_balloon", words),
    ]
    modules = [str(path) for path in files if path.suffix == ".py"]
    said = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", *modules],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_it_refuses_a_title_that_would_break_the_source(copy: Path) -> None:
    with pytest.raises(Refused, match="--title holds"):
        scaffold.write_engine(copy, "trial_balloon", replace(ENGINE, title='"予約"'))
    assert not (copy / "src/tsunagari/engines/trial_balloon").exists()


def test_a_new_engine_may_hear_its_own_events_at_once(copy: Path) -> None:
    scaffold.write_engine(copy, "trial_balloon", ENGINE)
    folder = copy / "src/tsunagari/engines/trial_balloon"
    declared = (folder / "declare.py").read_text(encoding="utf-8")
    imports = (
        "from dataclasses import dataclass\n\nfrom tsunagari.kernel.ledger.declare import Event\n"
    )
    declared = declared.replace("\nfrom", f"\n{imports}from", 1) + EVENT
    (folder / "declare.py").write_text(declared, encoding="utf-8")
    (folder / "tasks.py").write_text(TASKS, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=copy,
        env={
            **os.environ,
            "PYTHONPATH": str(copy / "src"),
            "DJANGO_SETTINGS_MODULE": "tsunagari.city.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
