"""What a city's operator may set about https, hosts and keys, and what is refused before anybody is served."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tsunagari.city import environment

HTTPS = {
    "TSUNAGARI_SECURE": "1",
    "TSUNAGARI_PROXIES": "1",
    "TSUNAGARI_HOSTS": "tsunagari.city.example.jp",
    "TSUNAGARI_DEBUG": "",
    "TSUNAGARI_DEMO": "",
}
SAY = """
import django; django.setup()
from django.conf import settings as s
from django.core.checks import run_checks
from django.test import Client
print(*sorted({fault.id for fault in run_checks(include_deployment_checks=True)}))
print(s.SESSION_COOKIE_NAME, s.STAFF_COOKIE_NAME, s.CSRF_COOKIE_NAME)
host = {"host": "tsunagari.city.example.jp"}
answer = Client(headers=host).get("/account/login/")
print(answer.status_code, answer.headers["Location"])
answer = Client(headers=host | {"x-forwarded-proto": "https"}).get("/console/account/inactive/")
print(answer.status_code, answer.headers["Strict-Transport-Security"])
"""


def test_behind_https_cookies_are_bound_to_the_host_and_http_is_sent_on(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SAY],
        env={
            **os.environ,
            **HTTPS,
            "TSUNAGARI_DATA": str(tmp_path),
            "TSUNAGARI_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "tsunagari.city.settings",
            "PYTHONPATH": str(environment.ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert said == [
        "security.W021",  # the browsers' preload list is the owner's of the whole domain to enter
        "__Host-tsunagari __Secure-tsunagari_staff __Host-csrftoken",
        "301 https://tsunagari.city.example.jp/account/login/",
        "200 max-age=31536000; includeSubDomains",
    ]


def test_https_without_a_proxy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUNAGARI_PROXIES", "0")
    with pytest.raises(ImproperlyConfigured, match="https needs a proxy"):
        environment.check_https(secure=True, debug=False)


def test_errors_in_the_browser_of_a_public_host_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TSUNAGARI_PROXIES", "1")
    with pytest.raises(ImproperlyConfigured, match="leave TSUNAGARI_DEBUG empty"):
        environment.check_https(secure=True, debug=True)


@pytest.mark.parametrize("proxies", ["one", "-1"])
def test_a_number_of_proxies_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, proxies: str
) -> None:
    monkeypatch.setenv("TSUNAGARI_PROXIES", proxies)
    with pytest.raises(ImproperlyConfigured, match="write how many"):
        environment.proxies()


def test_any_host_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUNAGARI_HOSTS", "*")
    with pytest.raises(ImproperlyConfigured, match="TSUNAGARI_HOSTS"):
        environment.hosts(debug=False)
    monkeypatch.setenv("TSUNAGARI_HOSTS", "a.example.jp, b.example.jp,")
    assert environment.hosts(debug=False) == ["a.example.jp", "b.example.jp"]


def test_a_short_secret_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TSUNAGARI_SECRET_KEY", "tsunagari")
    with pytest.raises(ImproperlyConfigured, match="9 characters"):
        environment.secret_key(tmp_path)


def test_a_key_that_nobody_gave_is_made_once_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TSUNAGARI_SECRET_KEY", raising=False)
    data = tmp_path / "var"
    key = environment.secret_key(data)
    assert len(key) >= environment.SHORTEST_KEY
    assert environment.secret_key(data) == key
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [file.name for file in data.iterdir()] == ["secret_key"]


def test_a_data_folder_that_cannot_be_used_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TSUNAGARI_SECRET_KEY", raising=False)
    in_the_way = tmp_path / "var"
    in_the_way.touch()
    with pytest.raises(
        ImproperlyConfigured, match=r"cannot be used .* name another in TSUNAGARI_DATA"
    ):
        environment.secret_key(in_the_way)


def test_an_operator_meets_a_refused_setting_as_one_sentence(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from tsunagari.city.command import main; main()", "worker"],
        env=os.environ
        | {
            "TSUNAGARI_DATA": str(tmp_path),
            "TSUNAGARI_PROXIES": "two",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr == (
        "✗ TSUNAGARI_PROXIES is 'two'; write how many stand before the site, 0 for none.\n"
    )


def test_the_way_to_the_database_may_be_encrypted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = "postgresql://a:b@db.example.jp/city"
    monkeypatch.setenv("TSUNAGARI_DATABASE_URL", f"{address}?sslmode=verify-full")
    assert environment.database(tmp_path)["OPTIONS"] == {"sslmode": "verify-full"}
    monkeypatch.setenv("TSUNAGARI_DATABASE_URL", f"{address}?options=-c")
    with pytest.raises(ImproperlyConfigured, match="sslmode and sslrootcert"):
        environment.database(tmp_path)


@pytest.mark.django_db
def test_a_file_of_the_console_is_handed_to_clerks_only(
    outsider_client: Client, resident_client: Client, clerk_client: Client
) -> None:
    address = "/console/documents/1/minutes.pdf"
    for stranger in (outsider_client, resident_client):
        assert stranger.get(address).headers["Location"].startswith("/console/account/login/")
    assert clerk_client.get(address).status_code == 404


@pytest.mark.django_db
def test_an_administrator_gives_no_rights_by_the_consoles_own_groups(
    administrator_client: Client,
) -> None:
    for page in ("groups/new/", "groups/edit/1/", "users/add/"):
        answer = administrator_client.post(f"/console/{page}", {"name": "mine"})
        assert answer.headers["Location"] == "/console/clerks/"


@pytest.mark.parametrize(
    "token", ["short", "a token with spaces in it", "長い長い長い長い長い長い長い長い長い長い"]
)
def test_a_weak_token_for_the_measurements_is_refused(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("TSUNAGARI_METRICS_TOKEN", token)
    with pytest.raises(ImproperlyConfigured, match="at least 20 random letters"):
        environment.metrics_token()


def test_a_form_of_the_log_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUNAGARI_LOG", "xml")
    with pytest.raises(ImproperlyConfigured, match="write text, or json"):
        environment.log_form()
