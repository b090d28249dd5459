"""With Redis the count of wrong passwords holds for every process on every machine: tried against a real one."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from tests.ports import kept_port

PATIENCE = 60.0
PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from allauth.account.models import EmailAddress
from tsunagari.kernel.identity.models import Account
account = Account(kind="resident", email="hanako@city.nowhere.jp", name="花子")
account.set_password("correct-horse-battery")
account.save()
EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
"""
SIGN_IN = """
from django.test import Client
answers = [Client().post("/account/login/", {{"login": "hanako@city.nowhere.jp", "password": {password!r}}}) for _ in range({times})]
print(answers[-1].status_code)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a Redis of our own, gone after the test."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("there is no redis-server here")
    with kept_port() as keeper:
        port = keeper.getsockname()[1]
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    address = f"redis://127.0.0.1:{port}/0"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            redis.Redis.from_url(address).ping()
            break
        except redis.ConnectionError:
            time.sleep(0.05)
    yield address
    process.terminate()
    process.wait(PATIENCE)


@pytest.mark.slow
def test_wrong_passwords_at_one_process_shut_the_door_of_another(
    server: str, tmp_path: Path
) -> None:
    given = os.environ | {
        "TSUNAGARI_DATA": str(tmp_path / "data"),
        "TSUNAGARI_DATABASE_URL": "",
        "TSUNAGARI_REDIS_URL": server,
        "TSUNAGARI_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "tsunagari.city.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", f"import django; django.setup()\n{code}"],
            env=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    right = SIGN_IN.format(password="correct-horse-battery", times=1)
    run(PREPARE)
    assert run(right) == "302"
    run(SIGN_IN.format(password="wrong-wrong-wrong", times=5))
    assert run(right) == "200"  # the form again: she has to wait
    assert redis.Redis.from_url(server).dbsize() > 0
    redis.Redis.from_url(server).flushall()
    assert run(right) == "302"  # the count stood there and nowhere else
