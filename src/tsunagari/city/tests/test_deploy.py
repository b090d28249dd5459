"""What stands in deploy/ is true: its variables and commands exist, it says what was tried, and its twins agree."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from tsunagari.city import environment
from tsunagari.kernel.edge.wrapper import LARGEST_BODY
from tsunagari.kernel.files import api as files
from tsunagari.kernel.service.declare import Zone

DEPLOY = environment.ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
UNITS = sorted(DEPLOY.glob("one-machine/*.service"))
CALLS = re.compile(r"(?:exec |bin/|^)tsunagari ([a-z_]+)", re.MULTILINE)


def compose() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((DEPLOY / "several-machines/compose.yaml").read_text())
    return held


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_variable_named_there_is_on_the_list(file: Path) -> None:
    named = set(re.findall(r"TSUNAGARI_([A-Z_]+)", file.read_text()))
    assert named <= {variable.name for variable in environment.VARIABLES}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_file_says_what_was_tried(file: Path) -> None:
    if file.name != "README.md":
        head = "\n".join(file.read_text().splitlines()[:5])
        assert re.search(r"^# .*(Tried: |Not tried: )", head, re.MULTILINE)


def test_every_command_named_there_exists() -> None:
    called = {word for file in FILES for word in CALLS.findall(file.read_text())}
    called |= {
        service["command"][0]
        for name, service in compose()["services"].items()
        if name not in ("database", "cache", "proxy")
    }
    assert {"serve", "worker", "backup", "ledger", "check", "migrate"} <= called
    assert called <= set(get_commands())


def test_every_zone_named_there_exists() -> None:
    zones = {
        zone for file in FILES for zone in re.findall(r"--zone[\" ,]+([a-z]+)", file.read_text())
    }
    assert zones <= {"public", *Zone.__args__}  # type: ignore[attr-defined]  # a Literal's words
    assert zones == {"public", "lgwan"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_is_shut_in(unit: Path) -> None:
    text = unit.read_text()
    for word in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "UMask=0077",
        "User=tsunagari",
    ):
        assert f"\n{word}\n" in text


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_reads_every_unit(tmp_path: Path) -> None:
    for unit in [*UNITS, *DEPLOY.glob("one-machine/*.timer")]:
        text = unit.read_text().replace("/opt/tsunagari/.venv/bin/tsunagari", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_zones_of_the_compose_file_share_database_cache_and_key() -> None:
    services = compose()["services"]
    for name in ("public", "staff", "worker"):
        given = services[name]["environment"]
        assert given["TSUNAGARI_DATABASE_URL"].startswith("postgresql://")
        assert given["TSUNAGARI_REDIS_URL"].startswith("redis://")
        assert given["TSUNAGARI_SECRET_KEY"] == "${SECRET_KEY:?}"
    assert services["public"]["environment"]["TSUNAGARI_ZONE"] == "public"
    assert services["staff"]["environment"]["TSUNAGARI_ZONE"] == "lgwan"
    assert not {"database", "cache"} & {
        name for name, service in services.items() if "ports" in service
    }


def test_the_two_proxies_differ_in_their_upstreams_only() -> None:
    def rules(folder: str) -> list[str]:
        lines = (DEPLOY / folder / "nginx.conf").read_text().splitlines()
        return [line for line in lines if not line.startswith(("#", "    upstream"))]

    assert rules("one-machine") == rules("several-machines")


def test_the_proxy_takes_as_much_as_the_edge() -> None:
    assert "client_max_body_size 16m;" in (DEPLOY / "one-machine/nginx.conf").read_text()


def test_the_largest_evidence_fits_into_a_message() -> None:
    beside = 512 * 1024
    assert files.LARGEST + beside <= LARGEST_BODY
    form = (environment.ROOT / "src/tsunagari/engines/plan/forms/figures.py").read_text()
    assert f"{files.LARGEST // (1024 * 1024)}MBまで" in form
