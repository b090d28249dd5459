"""What can be told from the settings and the files of this machine."""

import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks as django_checks

from tsunagari.city import environment
from tsunagari.city.fitness.findings import Check, Finding, error, warning

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
LEFT_OUT = {
    "security.W021",  # the browsers' preload list is the owner's of the whole domain to enter
}
EXAMPLE = "change-me"
"""What stands in deploy/ where a secret belongs."""
TOLD_BY_OURS = {"security.W004", "security.W008", "security.W012", "security.W016", "security.W018"}
"""Django's words on https and debugging: ours name the variable that mends them."""


def is_trial() -> bool:
    """A trial: demo accounts are allowed, nobody but this machine reaches it, and nothing is behind https."""
    return bool(settings.DEMO and not settings.SECURE and set(settings.ALLOWED_HOSTS) <= LOCAL)


def demo() -> Iterator[Finding]:
    if settings.DEMO:
        yield error(
            "試用モードです（だれでも知っているパスワードで入れます）。TSUNAGARI_DEMO を空にしてください。",
            "Demo mode is on (passwords that everybody knows open the site): leave TSUNAGARI_DEMO empty.",
        )


def debug() -> Iterator[Finding]:
    if settings.DEBUG:
        yield error(
            "エラーの中身がブラウザーに出ます。TSUNAGARI_DEBUG を空にしてください。",
            "Errors are shown in the browser: leave TSUNAGARI_DEBUG empty.",
        )


def https() -> Iterator[Finding]:
    if not settings.SECURE:
        yield error(
            "https を使う設定になっていません。プロキシで https を受け、TSUNAGARI_SECURE=1 と TSUNAGARI_PROXIES=1 にしてください。",
            "The site is not set up for https: end https at a proxy, and set TSUNAGARI_SECURE=1 and TSUNAGARI_PROXIES=1.",
        )


def hosts() -> Iterator[Finding]:
    if set(settings.ALLOWED_HOSTS) <= LOCAL:
        yield error(
            "サイトの名前が決まっていません。TSUNAGARI_HOSTS に住民や職員が開く名前を書いてください（例: www.city.example.jp）。",
            "The site has no name: write the names by which people reach it into TSUNAGARI_HOSTS (www.city.example.jp).",
        )


def zone() -> Iterator[Finding]:
    if settings.ZONE == "all" and not set(settings.ALLOWED_HOSTS) <= LOCAL:
        yield warning(
            "住民のページと職員の画面が同じホストにあります。TSUNAGARI_ZONE を public と、職員のゾーン（lgwan など）に分けてください。起動のときに分けているなら、tsunagari check --zone public のように調べてください。",
            "Residents' pages and the console stand on one host: serve TSUNAGARI_ZONE=public there and the staff's zone (such as lgwan) elsewhere. Where units already name zones, look at each: tsunagari check --zone public.",
        )


def secret_key() -> Iterator[Finding]:
    if environment.is_given("SECRET_KEY"):
        return
    yield warning(
        "秘密鍵がデータフォルダーにあります。TSUNAGARI_SECRET_KEY で渡し、バックアップとは別の所に保管してください。",
        "The secret key lies in the data folder: give it in TSUNAGARI_SECRET_KEY and keep it apart from backups.",
    )
    yield from _open_to_others(Path(settings.DATA) / "secret_key")


def examples() -> Iterator[Finding]:
    named = [
        f"TSUNAGARI_{each.name}"
        for each in environment.VARIABLES
        if EXAMPLE in environment.value(each.name)
    ]
    if named:
        listed = ", ".join(named)
        yield error(
            f"見本のままの秘密が残っています（{listed}）。だれでも知っている言葉なので、乱数に書き換えてください。",
            f"A secret still is the example's, which everybody knows ({listed}): write random characters there.",
        )


def data_folder() -> Iterator[Finding]:
    yield from _open_to_others(Path(settings.DATA))


def _open_to_others(path: Path) -> Iterator[Finding]:
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield error(
            f"{path} をほかの利用者も読めます。chmod go-rwx {path} としてください。",
            f"{path} can be read by other users of this machine: chmod go-rwx {path}.",
        )


def mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield error(
            "メールが送られず、ファイルに書かれます。TSUNAGARI_MAIL_URL にメールサーバーを書いてください。",
            "Mail goes to files and reaches nobody: write the mail server into TSUNAGARI_MAIL_URL.",
        )
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield warning(
            "差出人のアドレスが決まっていません。TSUNAGARI_MAIL_FROM に市のアドレスを書いてください。",
            "Mail has no sender: write an address of the city into TSUNAGARI_MAIL_FROM.",
        )


def database_kind() -> Iterator[Finding]:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield warning(
            "SQLite は試用と小さな職場のためのものです。市では TSUNAGARI_DATABASE_URL に PostgreSQL 15 以上を書いてください。",
            "SQLite is for a trial or a small office: a city names PostgreSQL 15 or newer in TSUNAGARI_DATABASE_URL.",
        )


def static_files() -> Iterator[Finding]:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield error(
            "画面の部品が集められていません。tsunagari collectstatic --no-input を実行してください。",
            "Static files were not collected: run tsunagari collectstatic --no-input.",
        )


def measurements() -> Iterator[Finding]:
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and not settings.METRICS_TOKEN:
        yield warning(
            "ほかの機械から /metrics を読めません。監視するには TSUNAGARI_METRICS_TOKEN に20文字以上の乱数を書いてください。",
            "No other machine can read /metrics: to watch from one, write at least 20 random characters into TSUNAGARI_METRICS_TOKEN.",
        )


def django() -> Iterator[Finding]:
    for said in django_checks.run_checks(include_deployment_checks=True, databases=["default"]):
        if said.id in LEFT_OUT | TOLD_BY_OURS or not isinstance(said.id, str):
            continue
        found = error if said.level >= django_checks.ERROR else warning
        sentence = " ".join(filter(None, [said.msg.replace("\n", " "), said.hint]))
        yield found(f"Django の検査 {said.id}: {sentence}", f"Django's check {said.id}: {sentence}")


CHECKS = (
    Check(id="demo", ja="試用モード", en="demo mode", look=demo),
    Check(id="debug", ja="エラー表示", en="errors in the browser", look=debug),
    Check(id="https", ja="https", en="https", look=https),
    Check(id="hosts", ja="サイトの名前", en="names of the site", look=hosts),
    Check(id="zone", ja="ゾーン", en="zones", look=zone),
    Check(id="secret_key", ja="秘密鍵", en="secret key", look=secret_key),
    Check(id="examples", ja="見本の秘密", en="secrets of the example", look=examples),
    Check(id="data_folder", ja="データフォルダー", en="data folder", look=data_folder),
    Check(id="mail", ja="メール", en="mail", look=mail),
    Check(id="database_kind", ja="データベースの種類", en="kind of database", look=database_kind),
    Check(id="static_files", ja="画面の部品", en="static files", look=static_files),
    Check(id="measurements", ja="監視", en="measurements", look=measurements),
    Check(id="django", ja="Django の検査", en="Django's own checks", look=django),
)
"""Looked at in every installation that is no trial."""
