"""`tsunagari check` refuses in words what is unsafe for a city, and says how to mend it."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from tsunagari.city import environment
from tsunagari.city.fitness import configuration, findings, state
from tsunagari.city.fitness.findings import Check, Finding, look_at
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.jobs import api as jobs
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.marks import api as marks

NOW = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
SAFE: dict[str, Any] = {
    "DEMO": False,
    "DEBUG": False,
    "SECURE": True,
    "ALLOWED_HOSTS": ["www.city.example.jp"],
    "ZONE": "public",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "info@city.example.jp",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "METRICS_TOKEN": "x" * 20,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
}


def now() -> datetime:
    return NOW


def said(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """Level and English of each finding; its Japanese names a mend as well."""
    listed = list(found)
    for each in listed:
        assert each.ja.endswith("。")
        assert each.en.endswith((".", ")"))
    return [(each.level, each.en) for each in listed]


@pytest.mark.parametrize(
    ("look", "spoilt", "level", "mend"),
    [
        (configuration.demo, {"DEMO": True}, "error", "leave TSUNAGARI_DEMO empty"),
        (configuration.debug, {"DEBUG": True}, "error", "leave TSUNAGARI_DEBUG empty"),
        (
            configuration.https,
            {"SECURE": False},
            "error",
            "TSUNAGARI_SECURE=1 and TSUNAGARI_PROXIES=1",
        ),
        (configuration.hosts, {"ALLOWED_HOSTS": ["localhost"]}, "error", "into TSUNAGARI_HOSTS"),
        (configuration.zone, {"ZONE": "all"}, "warning", "serve TSUNAGARI_ZONE=public"),
        (
            configuration.mail,
            {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"},
            "error",
            "TSUNAGARI_MAIL_URL",
        ),
        (
            configuration.mail,
            {"DEFAULT_FROM_EMAIL": "x@localhost"},
            "warning",
            "TSUNAGARI_MAIL_FROM",
        ),
        (
            configuration.database_kind,
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}},
            "warning",
            "TSUNAGARI_DATABASE_URL",
        ),
        (configuration.measurements, {"METRICS_TOKEN": ""}, "warning", "TSUNAGARI_METRICS_TOKEN"),
    ],
)
def test_an_unsafe_setting_is_found_with_its_mend_and_a_safe_one_is_not(
    look: Callable[[], Iterable[Finding]], spoilt: dict[str, Any], level: str, mend: str
) -> None:
    with override_settings(**SAFE):
        assert said(look()) == []
    with override_settings(**(SAFE | spoilt)):
        [(found, sentence)] = said(look())
    assert found == level
    assert mend in sentence


def test_files_that_others_may_read_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TSUNAGARI_SECRET_KEY", raising=False)
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "secret_key").write_text("k" * 60)
    (data / "secret_key").chmod(0o644)
    with override_settings(DATA=data):
        assert said(configuration.data_folder()) == [
            ("error", f"{data} can be read by other users of this machine: chmod go-rwx {data}.")
        ]
        assert [level for level, _ in said(configuration.secret_key())] == ["warning", "error"]
        data.chmod(0o700)
        (data / "secret_key").chmod(0o600)
        assert said(configuration.data_folder()) == []
        assert [level for level, _ in said(configuration.secret_key())] == ["warning"]
        monkeypatch.setenv("TSUNAGARI_SECRET_KEY", "k" * 60)
        assert said(configuration.secret_key()) == []
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_secrets_of_the_example_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    example = (environment.ROOT / "deploy/one-machine/tsunagari.env").read_text()
    given = dict(line.split("=", 1) for line in example.splitlines() if not line.startswith("#"))
    for name in given:
        monkeypatch.delenv(name, raising=False)
    assert said(configuration.examples()) == []
    for name, example_word in given.items():
        monkeypatch.setenv(name, example_word)
    [(level, sentence)] = said(configuration.examples())
    assert level == "error"
    for name in ("DATABASE_URL", "MAIL_URL", "SECRET_KEY", "METRICS_TOKEN"):
        assert f"TSUNAGARI_{name}" in sentence


def test_static_files_have_to_be_collected(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        assert "collectstatic" in said(configuration.static_files())[0][1]
        (tmp_path / "staticfiles.json").write_text("{}")
        assert said(configuration.static_files()) == []


@pytest.mark.django_db
def test_the_city_pack_has_to_be_loaded_and_unchanged(tmp_path: Path) -> None:
    pack = tmp_path / "machi"
    with override_settings(CITY="machi", CITY_PACK=pack):
        assert "TSUNAGARI_CITY" in said(state.city_pack())[0][1]
        pack.mkdir()
        (pack / "divisions.yaml").write_text("divisions: []")
        assert said(state.city_pack()) == [
            ("error", "The city pack was not loaded: run tsunagari city load.")
        ]
        marks.leave_mark(state.PACK_MARK, city="machi", fingerprint=state.pack_fingerprint(pack))
        assert said(state.city_pack()) == []
        (pack / "divisions.yaml").write_text("divisions: [new]")
        assert said(state.city_pack())[0][0] == "warning"
        marks.leave_mark(state.PACK_MARK, city="other", fingerprint=state.pack_fingerprint(pack))
        assert said(state.city_pack())[0][0] == "error"


@pytest.mark.django_db
def test_accounts_of_a_trial_and_administrators_without_a_second_factor_are_found(
    administrator: Account,
) -> None:
    Account.objects.exclude(pk=administrator.pk).delete()
    administrator.work_email = "kanri@city.nowhere.jp"
    administrator.save()
    Authenticator.objects.all().delete()
    today = lambda: datetime.now(UTC)  # noqa: E731 - the post of the cast holds now
    [(level, sentence)] = said(state.accounts(today))
    assert (level, sentence[:38]) == ("error", "1 administrators have no second factor")
    Authenticator.objects.create(user=administrator, type="totp", data={})
    assert said(state.accounts(today)) == []
    administrator.work_email = "kanri@city.example.jp"
    administrator.save()
    assert "accounts of a trial exist" in said(state.accounts(today))[0][1]


@pytest.mark.django_db
def test_a_worker_that_is_not_there_and_jobs_that_failed_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "start tsunagari worker" in said(state.worker(now))[0][1]
    monkeypatch.setattr(jobs, "any_worker_alive", lambda _: True)
    assert said(state.worker(now)) == []
    work = jobs.Work(waiting=0, running=0, failed=2, oldest=None, workers=1)
    monkeypatch.setattr(jobs, "work", lambda _: work)
    assert said(state.worker(now))[0][0] == "warning"


@pytest.mark.django_db
def test_the_ledger_has_to_be_verified_and_its_last_seal_to_be_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert said(state.seals(now)) == [
        ("warning", "The ledger was never verified: run tsunagari ledger verify daily.")
    ]
    call_command("ledger", "verify", stdout=StringIO())
    marks.leave_mark("ledger verify", clock=lambda: NOW - timedelta(days=1), broken="", upto=0)
    assert said(state.seals(now)) == []
    assert said(state.seals(lambda: NOW + timedelta(days=9)))[0] == (
        "warning", "The ledger was last verified 10 days ago: run tsunagari ledger verify daily.",
    )  # fmt: skip
    marks.leave_mark("ledger verify", clock=now, broken="Batch 1 is broken.", upto=0)
    assert said(state.seals(now))[0][0] == "error"
    monkeypatch.setattr(ledger, "verify_last", lambda: "Batch 7 is broken: its seal was changed.")
    assert said(state.seals(now))[0][1].startswith("Batch 7 is broken")


@pytest.mark.django_db
def test_a_backup_has_to_be_made_and_not_long_ago() -> None:
    two = timedelta(days=2)
    assert "never a backup" in said(state.backups(now, two))[0][1]
    marks.leave_mark("backup", clock=lambda: NOW - timedelta(days=1))
    assert said(state.backups(now, two)) == []
    assert "5 days old" in said(state.backups(lambda: NOW + timedelta(days=4), two))[0][1]


@pytest.mark.django_db
def test_the_database_its_tables_and_its_clock_are_right_in_the_tests() -> None:
    def clock() -> datetime:
        return datetime.now(UTC)

    assert [*said(state.database()), *said(state.tables()), *said(state.clocks(clock))] == []
    if connection.vendor == "postgresql":
        assert (
            "differ by" in said(state.clocks(lambda: datetime.now(UTC) - timedelta(hours=1)))[0][1]
        )


@pytest.mark.django_db
def test_a_redis_that_is_away_is_found() -> None:
    assert said(state.shared_cache()) == []
    away = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(CACHES={"default": away, "local": local}):
        assert "TSUNAGARI_REDIS_URL" in said(state.shared_cache())[0][1]


def test_a_look_that_breaks_is_a_finding_and_stops_no_other() -> None:
    def broken() -> Iterable[Finding]:
        raise ValueError("hanako@example.jp")

    checks = [Check(id=name, ja=name, en=name, look=broken) for name in ("one", "two")]
    looked = list(look_at(checks))
    assert [each.level for each in looked] == ["error", "error"]
    assert "hanako" not in str(looked)
    assert findings.Looked(check=checks[0], findings=()).level == "ok"


@pytest.mark.django_db
@override_settings(DEMO=True, SECURE=False, ALLOWED_HOSTS=["localhost"])
def test_a_trial_is_looked_at_for_what_it_needs_and_strictly_when_asked() -> None:
    shown, strict = StringIO(), StringIO()
    with pytest.raises(SystemExit):  # the pack was not loaded here
        call_command("check", stdout=shown)
    assert "これは試用の環境です" in shown.getvalue()
    assert "leave TSUNAGARI_DEMO empty" not in shown.getvalue()
    with pytest.raises(SystemExit) as ended:
        call_command("check", "--production", stdout=strict)
    assert ended.value.code == 1
    assert "✗ 試用モード / demo mode" in strict.getvalue()
    assert "leave TSUNAGARI_DEMO empty" in strict.getvalue()


def test_an_operator_gets_sentences_exit_code_1_and_json_for_a_machine(tmp_path: Path) -> None:
    given = {
        "TSUNAGARI_DATA": str(tmp_path),
        "TSUNAGARI_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "TSUNAGARI_DEMO": "",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    words = [
        sys.executable,
        "-W",
        "ignore",
        "-c",
        "from tsunagari.city.command import main; main()",
        "check",
    ]
    done = subprocess.run(
        [*words, "--json"], env=os.environ | given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert (found["fit"], found["trial"]) == (False, False)
    levels = {each["id"]: each["level"] for each in found["checks"]}
    assert levels["database"] == levels["https"] == levels["hosts"] == levels["mail"] == "error"
    assert levels["debug"] == "ok"
