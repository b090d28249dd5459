"""What can be told by asking the database, the worker's signs of life, the ledger and Redis."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection

from tsunagari.city.backups.places import UNFINISHED
from tsunagari.city.fitness.findings import Check, Finding, error, warning
from tsunagari.city.health import unapplied
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.jobs import api as jobs
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.marks import api as marks

PACK_MARK = "city pack"
OLDEST_POSTGRESQL = 15
CLOCK_MAY_DIFFER = timedelta(seconds=2)
VERIFIED_WITHIN = timedelta(days=8)
BACKED_UP_WITHIN = timedelta(days=2)


def pack_fingerprint(pack: Path) -> str:
    """A hash of every file of a city pack with its name."""
    running = hashlib.sha256()
    for file in sorted(path for path in pack.rglob("*") if path.is_file()):
        running.update(file.relative_to(pack).as_posix().encode() + b"\0")
        running.update(hashlib.sha256(file.read_bytes()).digest())
    return running.hexdigest()


def database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        yield error(
            "データベースが答えません。TSUNAGARI_DATABASE_URL と、データベースが動いていることを確かめてください。",
            "The database does not answer: see TSUNAGARI_DATABASE_URL and whether it runs.",
        )
        return
    yield from _server()


def restores() -> Iterator[Finding]:
    if (Path(settings.DATA) / UNFINISHED).exists():
        yield error(
            "復元が途中で止まっています。同じ tsunagari restore をもう一度実行すると、まず元の状態に戻してから始めます。",
            "A restore was cut off here: run the same tsunagari restore again; it first brings back what stood here.",
        )


def _server() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10000
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if major < OLDEST_POSTGRESQL:
        yield error(
            f"PostgreSQL {major} は古すぎます。{OLDEST_POSTGRESQL} 以上にしてください。",
            f"PostgreSQL {major} is too old: use {OLDEST_POSTGRESQL} or newer.",
        )
    if encoding != "UTF8":
        yield error(
            f"データベースの文字コードが {encoding} です。ENCODING 'UTF8' で作り直してください。",
            f"The database's encoding is {encoding}: make it anew with ENCODING 'UTF8'.",
        )


def tables() -> Iterator[Finding]:
    missing = unapplied()
    if missing:
        yield error(
            f"データベースの表がこの版のものではありません（{missing[0]} など {len(missing)} 件）。tsunagari migrate を実行してください。",
            f"The tables are not those of this version ({missing[0]}, {len(missing)} in all): run tsunagari migrate.",
        )


def clocks(clock: Clock) -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        before = clock()
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
        after = clock()
    off = max(before - there, there - after, timedelta())
    if off > CLOCK_MAY_DIFFER:
        yield error(
            f"この機械とデータベースの時計が {off.total_seconds():.0f} 秒ずれています。両方を NTP で合わせてください。",
            f"The clocks of this machine and the database differ by {off.total_seconds():.0f} seconds: set both by NTP.",
        )


def city_pack() -> Iterator[Finding]:
    pack = Path(settings.CITY_PACK)
    if not pack.is_dir():
        yield error(
            f"{pack} がありません。TSUNAGARI_CITY に cities/ の下のフォルダー名を書いてください。",
            f"There is no {pack}: write the name of a folder under cities/ into TSUNAGARI_CITY.",
        )
        return
    loaded = marks.last(PACK_MARK)
    if loaded is None or loaded.details.get("city") != settings.CITY:
        yield error(
            "市の資料が読み込まれていません。tsunagari city load を実行してください。",
            "The city pack was not loaded: run tsunagari city load.",
        )
    elif loaded.details.get("fingerprint") != pack_fingerprint(pack):
        yield warning(
            "市の資料が、読み込んだ後に変わっています。tsunagari city load を実行してください。",
            "The city pack has changed since it was loaded: run tsunagari city load.",
        )


def accounts(clock: Clock) -> Iterator[Finding]:
    if found := identity.accounts_of_a_trial():
        yield error(
            f"試用のアカウントが {found} 件あります。職員の画面で止めるか、空のデータベースから始めてください。",
            f"{found} accounts of a trial exist: close them in the console, or begin with an empty database.",
        )
    if found := identity.administrators_without_second_factor(japan_day(clock())):
        yield error(
            f"二つ目の確認を持たない管理者が {found} 人います。職員の入口から入って設定してもらってください。",
            f"{found} administrators have no second factor: let them enter by the staff entrance and set one up.",
        )


def worker(clock: Clock) -> Iterator[Finding]:
    if not jobs.any_worker_alive(clock()):
        yield error(
            "ワーカーが動いていません（数字が動かず、メールが出ません）。tsunagari worker を起動してください。",
            "No worker runs (figures do not move): start tsunagari worker.",
        )
    if failed := jobs.work(clock()).failed:
        yield warning(
            f"止まった仕事が {failed} 件あります。職員の画面「裏方の仕事」で理由を見て、やり直すか取り下げてください。",
            f"{failed} jobs have failed for good: read why on the console's page of jobs, and retry or withdraw them.",
        )


def seals(clock: Clock) -> Iterator[Finding]:
    if broken := ledger.verify_last():
        yield error(
            f"記録の封印が合いません（{broken}）。tsunagari ledger verify を実行し、バックアップと比べてください。",
            f"{broken} Run tsunagari ledger verify and compare with a backup.",
        )
    verified = marks.last("ledger verify")
    if verified is None:
        yield warning(
            "記録の検査が一度も行われていません。tsunagari ledger verify を毎日実行してください。",
            "The ledger was never verified: run tsunagari ledger verify daily.",
        )
    elif verified.details.get("broken"):
        yield error(
            "前回の検査で、記録の封印が合いませんでした。tsunagari ledger verify を実行し、バックアップと比べてください。",
            "The last verification found the ledger broken: run tsunagari ledger verify and compare with a backup.",
        )
    elif clock() - verified.at > VERIFIED_WITHIN:
        yield warning(
            f"記録の検査が {(clock() - verified.at).days} 日間ありません。tsunagari ledger verify を毎日実行してください。",
            f"The ledger was last verified {(clock() - verified.at).days} days ago: run tsunagari ledger verify daily.",
        )


def backups(clock: Clock, within: timedelta) -> Iterator[Finding]:
    made = marks.last("backup")
    if made is None:
        yield warning(
            "バックアップが一度もありません。tsunagari backup DIR を毎日実行してください。",
            "There was never a backup: run tsunagari backup DIR daily.",
        )
    elif clock() - made.at > within:
        yield warning(
            f"最後のバックアップは {(clock() - made.at).days} 日前です。tsunagari backup DIR を毎日実行してください。",
            f"The last backup is {(clock() - made.at).days} days old: run tsunagari backup DIR daily.",
        )


def shared_cache() -> Iterator[Finding]:
    try:
        caches["default"].set("tsunagari.check", "1", 10)
        answered = caches["default"].get("tsunagari.check") == "1"
    except Exception:  # noqa: BLE001 - each cache has faults of its own
        answered = False
    if not answered and "redis" in settings.CACHES["default"]["BACKEND"]:
        yield error(
            "Redis が答えません。TSUNAGARI_REDIS_URL と、Redis が動いていることを確かめてください。",
            "Redis does not answer: see TSUNAGARI_REDIS_URL and whether it runs.",
        )
    elif not answered:
        yield error(
            "共有の覚え書き（キャッシュ）の表が使えません。tsunagari migrate を実行してください。",
            "The table of the shared cache cannot be used: run tsunagari migrate.",
        )


def checks(clock: Clock, *, backed_up_within: timedelta = BACKED_UP_WITHIN) -> tuple[Check, ...]:
    """Everything that asks the database or another server."""
    return (
        Check(id="database", ja="データベース", en="database", look=database),
        Check(id="restore", ja="復元", en="restore", look=restores),
        Check(id="tables", ja="データベースの表", en="tables", look=tables),
        Check(id="clocks", ja="時計", en="clocks", look=partial(clocks, clock)),
        Check(id="city_pack", ja="市の資料", en="city pack", look=city_pack),
        Check(id="accounts", ja="アカウント", en="accounts", look=partial(accounts, clock)),
        Check(id="worker", ja="ワーカー", en="worker", look=partial(worker, clock)),
        Check(id="ledger", ja="記録の封印", en="seals of the ledger", look=partial(seals, clock)),
        Check(
            id="backup",
            ja="バックアップ",
            en="backup",
            look=partial(backups, clock, backed_up_within),
        ),
        Check(id="shared_cache", ja="共有の覚え書き", en="shared cache", look=shared_cache),
    )
