"""Every page of the town in every language: it answers, no rule refuses it, its HTML is valid, its links lead to pages."""

import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.sample_town.town import Page, statuses
from tsunagari.engines.content.models.pieces_of import faults_of
from tsunagari.kernel.search.models import Document

VALIDATOR = Path(settings.ROOT) / "node_modules" / ".bin" / "html-validate"
CONFIG = Path(__file__).parent / "html-validate.json"


def test_each_kind_is_there_in_each_language(pages: list[Page]) -> None:
    kinds = defaultdict(set)
    for page in pages:
        kinds[page.row.language].add(page.row.kind)
    standing = {"home", "topic", "page", "list", "question"}
    assert kinds == {"ja": standing | {"news", "event"}, "en": standing, "easy": standing}
    assert len(pages) > 800


def test_each_page_answers(pages: list[Page]) -> None:
    assert [f"{each.address}: {each.status}" for each in pages if each.status != 200] == []


def test_no_rule_of_the_city_finds_a_fault_that_refuses_a_page_or_must_be_mended(
    pages: list[Page],
) -> None:
    found = [
        f"{each.address}: {fault.level} {fault.rule} at {fault.place.part}: {fault.found}"
        for each in pages
        for fault in faults_of(each.row.page.specific)
        if fault.level in ("A", "AA")
    ]
    assert not found, "\n".join(found)


def test_the_html_of_each_page_is_valid(pages: list[Page]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the pages are the same on every database")
    said = subprocess.run(
        [VALIDATOR, "--config", CONFIG, "--formatter", "json", pages[0].file.parent],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.startswith("["), f"{said.stderr}\nbin/prepare --dev installs html-validate."
    found = defaultdict(set)
    for file in json.loads(said.stdout):
        address = pages[int(Path(file["filePath"]).stem)].address
        for each in file["messages"]:
            found[f"{each['ruleId']}: {each['message']} at {each.get('selector')}"].add(address)
    assert not found, "\n".join(
        f"{fault} ({len(where)} pages, {min(where)})" for fault, where in found.items()
    )


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    """A proof that its silence says something."""
    (tmp_path / "wrong.html").write_text(
        '<!doctype html><html lang="ja"><head><title>x</title></head><body><p id="a">a</p><p id="a"><b>b</p></body></html>',
        encoding="utf-8",
    )
    said = subprocess.run(
        [VALIDATOR, "--config", CONFIG, "--formatter", "json", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert {each["ruleId"] for each in json.loads(said.stdout)[0]["messages"]} >= {"no-dup-id"}


def test_links_lead_to_pages(pages: list[Page], tmp_path: Path) -> None:
    known = {each.address for each in pages}
    files = (settings.STATIC_URL, settings.MEDIA_URL)
    named = {to: each.address for each in pages for to in each.links if not to.startswith(files)}
    other = {to for to in named if to not in known and "furigana=" not in to}
    answers = statuses(sorted(other), tmp_path)
    lost = [f"{named[to]} → {to}: {status}" for to, status in answers.items() if status >= 400]
    assert not lost, "\n".join(lost)


def test_a_place_on_a_page_is_there(pages: list[Page]) -> None:
    """Links within a page: contents, and the way to the main part."""
    lost = []
    for each in pages:
        ids = set(re.findall(r'\sid="([^"]+)"', each.html))
        lost += [
            f"{each.address}: #{place}"
            for place in re.findall(r'\shref="#([^"]+)"', each.html)
            if place not in ids
        ]
    assert not lost, "\n".join(lost)


def test_the_search_knows_each_page(pages: list[Page]) -> None:
    known = set(Document.objects.values_list("public_id", "language"))
    missing = [
        each.address
        for each in pages
        if each.row.kind not in ("home", "list")
        and (each.row.public_id, each.row.language) not in known
    ]
    assert not missing, missing
