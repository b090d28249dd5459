"""The whole way, with the real commands: an installation with people, events and views comes back in an empty place
and goes on counting from where it stood."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tsunagari.city import environment
from tsunagari.city.backups.places import Place
from tsunagari.city.tests.places import (
    content,
    own_database,
    place,
    postgresql_is_tested,
    uploads_of,
)

pytestmark = pytest.mark.own_database
KINDS = ["postgresql" if postgresql_is_tested() else "sqlite"]
MAIN = "from tsunagari.city.command import main; main()"
COUNT = """
import django; django.setup()
import json
from django.db import transaction
from tests.load.service import Measured
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.actions.absorb_views import absorb_views
from tsunagari.kernel.metering.models import Rollup
def happen():
    with transaction.atomic():
        ledger.record(Measured(subject=new_public_id(), channel="web", amount=7))
for _ in range({times}):
    happen()
    metering.count_view(service="plan", page="index", language="ja")
metering.flush_views()
while ledger.catch_up() or absorb_views():
    pass
while {seal} and ledger.seal(at_once=True):
    pass
if {waiting}:
    happen()
sums = dict(Rollup.objects.filter(grain="fiscal_year", slice="").values_list("meter", "total"))
print(json.dumps(sums | {{"position": ledger.last_position(), "behind": max(behind for name, behind in ledger.lag().behind.items() if name != "seal")}}))
"""


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A data folder and a database, worked on by processes of their own."""

    folder: Path
    address: str

    @property
    def place(self) -> Place:
        return place(self.folder, self.address)

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        given = {
            "TSUNAGARI_DATA": str(self.place.data),
            "TSUNAGARI_DATABASE_URL": self.address,
            "TSUNAGARI_DEMO": "1",
            "TSUNAGARI_SECRET_KEY": "",
            "DJANGO_SETTINGS_MODULE": "tests.load.settings",
            "PYTHONPATH": os.pathsep.join([str(environment.ROOT / "src"), str(environment.ROOT)]),
        }
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-c", *words],
            env=os.environ | given,
            capture_output=True,
            text=True,
            check=False,
        )

    def command(self, *words: str) -> str:
        done = self._run(MAIN, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refusal(self, *words: str) -> str:
        done = self._run(MAIN, *words)
        assert done.returncode == 1
        return done.stderr

    def count(self, times: int, *, waiting: bool = False, seal: bool = False) -> dict[str, int]:
        done = self._run(COUNT.format(times=times, waiting=waiting, seal=seal))
        assert done.returncode == 0, done.stderr
        found: dict[str, int] = json.loads(done.stdout)
        return found


@pytest.fixture(params=KINDS)
def installations(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Installation, Installation]]:
    """Two installations: one with a city in it, and an empty one."""
    with (
        own_database(request.param, tmp_path) as first,
        own_database(request.param, tmp_path) as second,
    ):
        full = Installation(folder=tmp_path / "full", address=first)
        full.command("migrate", "-v0")
        full.command("city", "load")
        full.command("demo_accounts")
        yield full, Installation(folder=tmp_path / "empty", address=second)


@pytest.mark.slow
def test_an_installation_comes_back_whole_and_goes_on_counting(
    installations: tuple[Installation, Installation], tmp_path: Path
) -> None:
    full, empty = installations
    upload = full.place.media / "documents" / "minutes.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF" + bytes(range(256)) * 100)
    before = full.count(5, seal=True)
    full.count(0, waiting=True)  # an event that nobody has given its position yet
    backup, keys = tmp_path / "backup", tmp_path / "keys"
    said = full.command("backup", str(backup), "--keys", str(keys))
    assert "Keys: elsewhere" in said
    told = empty.command("restore", str(backup), "--keys", str(keys))
    for proof in (
        "as the manifest says",
        "each with the hash",
        "are whole up to position",
        "secret key",
    ):
        assert proof in told

    there, here = content(full.place), content(empty.place)
    there.pop("marks_mark"), here.pop("marks_mark")  # the mark of the backup is left after it
    assert here == there
    assert len(here["plan_measure"]) >= 30
    assert uploads_of(empty.place) == uploads_of(full.place) != {}
    key = "secret_key"
    assert (empty.place.data / key).read_text() == (full.place.data / key).read_text()

    after = empty.count(1)
    assert after["behind"] == 0
    assert after["position"] == before["position"] + 2  # the one that waited, and the new one
    assert after["load.number"] == before["load.number"] + 2
    assert after["load.amount"] == before["load.amount"] + 14
    assert after["website.page_views"] == before["website.page_views"] + 1
    assert "agrees with what was counted" in empty.command("meters", "recompute", "--check")
    assert "are whole" in empty.command("ledger", "verify")

    # A second time it is no empty place any more, and nothing happens to it.
    assert "not empty" in empty.refusal("restore", str(backup), "--keys", str(keys))
    assert empty.count(0)["position"] == after["position"]


@pytest.mark.slow
def test_a_ledger_that_was_tampered_with_is_not_restored(
    installations: tuple[Installation, Installation], tmp_path: Path
) -> None:
    full, empty = installations
    full.count(3, seal=True)
    spoil = "import django; django.setup()\nfrom tsunagari.kernel.ledger.models import Seal\nSeal.objects.update(content='0' * 64)"
    done = full._run(spoil)
    assert done.returncode == 0, done.stderr
    full.command("backup", str(tmp_path / "backup"))
    assert "Batch 1" in empty.refusal("restore", str(tmp_path / "backup"))
    assert content(empty.place) == {}
