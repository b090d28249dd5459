"""Lines tell what happened and where, in text and in JSON, and nothing of a person."""

import json
import logging
import sys
from typing import Any

import pytest

from tsunagari.kernel.logs.api import JsonLines, TextLines, about, facts_now, note
from tsunagari.kernel.logs.lines import sieved

SECRETS = ("hanako@example.jp", "192.0.2.77", "2001:db8::77", "0422-00-1234", "西東京花子")


def record(
    said: str, *args: object, name: str = "tsunagari.test", **more: Any
) -> logging.LogRecord:
    made = logging.LogRecord(
        name, logging.ERROR, __file__, 1, said, args, more.pop("exc_info", None)
    )
    vars(made).update(more)
    return made


def test_a_line_of_json_says_when_what_where_and_about_what() -> None:
    with about(request="abc", page="website:home"):
        line = json.loads(JsonLines().format(record("%d lost", 3, facts={"status": 500})))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "error",
        "logger": "tsunagari.test",
        "message": "3 lost",
        "request": "abc",
        "page": "website:home",
        "status": 500,
    }


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_a_fault_is_told_by_class_and_place_never_by_its_message(form: logging.Formatter) -> None:
    try:
        try:
            raise KeyError(SECRETS[4])  # noqa: TRY301 - to be caught
        except KeyError as error:
            raise ValueError(" ".join(SECRETS)) from error
    except ValueError:
        line = form.format(record("views could not be written", exc_info=sys.exc_info()))
    assert "builtins.ValueError" in line
    assert "builtins.KeyError" in line
    assert "test_lines.py:" in line
    for secret in SECRETS:
        assert secret not in line


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_an_error_given_as_a_part_of_the_message_is_told_by_its_class(
    form: logging.Formatter,
) -> None:
    line = form.format(record("refused: %s", ValueError(SECRETS[4])))
    assert "refused: builtins.ValueError" in line
    assert SECRETS[4] not in line
    assert SECRETS[4] not in form.format(record(ValueError(SECRETS[4])))  # type: ignore[arg-type]  # logging takes any


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("mail to hanako@example.jp failed", "mail to [mail] failed"),
        ("from 192.0.2.77, port 80", "from [address], port 80"),
        ("from [2001:db8::77]", "from [[address]]"),
        ("at 12:30:45 on 2026-11-21", "at 12:30:45 on 2026-11-21"),
        ("version 5.2.19", "version 5.2.19"),
        ("GET /plan/?name=hanako done", "GET /plan/?[…] done"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer […]"),
        ("password=hunter2 wrong", "password=[…] wrong"),
        ("call 0422-00-1234", "call [telephone]"),
        ("one\nfalse line\r\n\x1b[31m", "one false line [31m"),
    ],
)
def test_what_a_library_repeats_is_taken_out(said: str, told: str) -> None:
    assert sieved(said) == told


def test_what_django_refused_is_told_by_its_kind() -> None:
    strange = record("Invalid HTTP_HOST header: 'hanako'", name="django.security.DisallowedHost")
    assert "refused: DisallowedHost" in TextLines().format(strange)
    assert "hanako" not in TextLines().format(strange)


def test_a_job_is_named_once_in_a_line_of_text() -> None:
    with about(job="j1", task="t"):
        assert facts_now() == {"job": "j1", "task": "t"}
        note(page="x")
        line = TextLines().format(record("job.done job=j1 task=t attempt=1"))
    assert line.endswith("job.done job=j1 task=t attempt=1 [page=x]")
    assert facts_now() == {}
    note(page="nobody works")
    assert facts_now() == {}


def test_a_developer_sees_a_fault_whole() -> None:
    try:
        raise ValueError("three")  # noqa: TRY301 - to be caught
    except ValueError:
        line = TextLines(whole=True).format(record("broken", exc_info=sys.exc_info()))
    assert "ValueError: three" in line
