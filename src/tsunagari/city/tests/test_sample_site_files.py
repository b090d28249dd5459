"""The files of a pack's website hold together: known keys, living links, right weekdays, plain characters."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

PACKS = ("sample", "nishitokyo")
ROOT = Path(settings.ROOT) / "cities"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LANGUAGES = ("ja", "en", "easy")
COMMON = {"kind", "title", "summary", "division", "body"}
KEYS = {
    "page": (COMMON | {"life_events", "keywords", "reviewed", "published"}, {"reading", "en", "easy"}),
    "news": (COMMON | {"category", "from", "until", "urgent"}, set()),
    "event": (
        COMMON | {"life_events", "keywords", "starts", "ends", "place", "fee", "booking", "published"},
        {"capacity"},
    ),
    "question": (
        {"slug", "question", "answer", "division", "life_events", "keywords", "page"},
        {"ages", "disability_class", "en", "easy"},
    ),
}  # fmt: skip
BLOCKS: dict[str, tuple[set[str], set[str]] | None] = {
    "heading": None,
    "heading3": None,
    "text": None,
    "related": None,
    "steps": ({"title", "text"}, set()),
    "questions": ({"question", "answer"}, set()),
    "table": ({"caption", "header_row", "header_column", "rows"}, set()),
    "fees": ({"caption", "rows"}, set()),
    "contact": ({"division"}, {"place", "telephone"}),
    "place": ({"name", "address", "latitude", "longitude", "access", "hours"}, set()),
    "download": ({"title", "file", "about", "planned"}, set()),
    "notice": ({"kind", "title", "text"}, set()),
}
CATEGORIES = {"お知らせ", "募集", "イベント", "入札", "子ども", "防災"}
DATED = re.compile(r"(?:令和(\d+)年)?(\d{1,2})月(\d{1,2})日（([月火水木金土日])）")
UNWANTED = re.compile("[０-９Ａ-Ｚａ-ｚ\uff61-\uff9f①-⑳㈱㈲№℡㎡㎏Ⅰ-Ⅹⅰ-ⅹ〜～\u3000]|こちら")
LINK = re.compile(r"\]\(([^)]*)\)")


@cache
def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


def _site(pack: str) -> Path:
    return ROOT / pack / "site"


@cache
def _documents(pack: str) -> dict[str, dict[str, Any]]:
    """Everything with an address of its own, by slug: pages, news, events, and questions."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(_site(pack).rglob("*.yaml")):
        if path.parent.name == "site":
            continue
        entries = (
            [(each["slug"], each | {"kind": "question"}) for each in _read(path)]
            if path.parent.name == "questions"
            else [(path.stem, _read(path))]
        )
        for slug, entry in entries:
            assert slug not in found, f"two things bear the address {slug}"
            found[slug] = entry
    return found


def _of_kind(pack: str, kind: str) -> dict[str, dict[str, Any]]:
    return {slug: each for slug, each in _documents(pack).items() if each["kind"] == kind}


def _bodies(entry: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    for spoken in (entry, entry.get("en", {}), entry.get("easy", {})):
        if "body" in spoken:
            yield spoken["body"]


def _words(value: object) -> Iterator[str]:
    """Every string in a document, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)


def _divisions(pack: str, year: int) -> set[str]:
    return {
        each["code"]
        for each in _read(ROOT / pack / "divisions.yaml")["divisions"]
        if any(term["from"] <= year <= term.get("to", year) for term in each["terms"])
    }


def _life_events(pack: str) -> set[str]:
    return {each["code"] for each in _read(_site(pack) / "site.yaml")["life_events"]}


@pytest.mark.parametrize("pack", PACKS)
def test_every_document_has_the_keys_of_its_kind_and_no_others(pack: str) -> None:
    for slug, entry in _documents(pack).items():
        needed, allowed = KEYS[entry["kind"]]
        keys = set(entry) - ({"kind"} if entry["kind"] == "question" else set())
        assert needed <= keys <= needed | allowed, (slug, keys ^ needed)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), slug


@pytest.mark.parametrize("pack", PACKS)
def test_every_block_is_of_a_known_kind(pack: str) -> None:
    for slug, entry in _documents(pack).items():
        for body in _bodies(entry):
            for block in body:
                [(kind, content)] = block.items()
                assert kind in BLOCKS, (slug, kind)
                shape = BLOCKS[kind]
                for part in content if isinstance(content, list) and shape else [content]:
                    if shape:
                        assert shape[0] <= set(part) <= shape[0] | shape[1], (slug, kind, part)


@pytest.mark.parametrize("pack", PACKS)
def test_tables_are_square_and_begin_with_their_headers(pack: str) -> None:
    for slug, entry in _documents(pack).items():
        for body in _bodies(entry):
            for table in (block["table"] for block in body if "table" in block):
                assert table["caption"], slug
                assert len({len(row) for row in table["rows"]}) == 1, (slug, table["caption"])
                assert len(table["rows"]) > 1, (slug, table["caption"])
                assert not any(LINK.search(text) for text in _words(table)), (
                    slug,
                    "a link in a cell",
                )
            for fees in (block["fees"] for block in body if "fees" in block):
                assert all(isinstance(row["yen"], int) for row in fees["rows"]), slug


@pytest.mark.parametrize("pack", PACKS)
def test_headings_keep_their_order(pack: str) -> None:
    for slug, entry in _documents(pack).items():
        for body in _bodies(entry):
            headings = [next(iter(block)) for block in body if set(block) & {"heading", "heading3"}]
            assert not headings or headings[0] == "heading", slug


@pytest.mark.parametrize("pack", PACKS)
def test_links_lead_to_pages_that_exist(pack: str) -> None:
    known = set(_documents(pack))
    for slug, entry in _documents(pack).items():
        for text in _words(entry):
            for target in LINK.findall(text):
                kind, _, name = target.partition(":")
                assert kind in {"page", "https"}, (slug, target)
                assert kind == "https" or name in known, (slug, target)
        for body in _bodies(entry):
            related = [each for block in body for each in block.get("related", [])]
            assert set(related) <= known - {slug}, (slug, related)


@pytest.mark.parametrize("pack", PACKS)
def test_each_question_names_the_page_that_tells_more(pack: str) -> None:
    pages = _of_kind(pack, "page")
    for slug, entry in _of_kind(pack, "question").items():
        assert entry["page"] in pages, (slug, entry["page"])


@pytest.mark.parametrize("pack", PACKS)
def test_divisions_and_life_events_exist_in_2026(pack: str) -> None:
    divisions, life_events = _divisions(pack, 2026), _life_events(pack)
    for slug, entry in _documents(pack).items():
        named = [
            block["contact"]["division"]
            for body in _bodies(entry)
            for block in body
            if "contact" in block
        ]
        assert {entry["division"], *named} <= divisions, (slug, named)
        assert set(entry.get("life_events", [])) <= life_events, slug
    assert set(_read(_site(pack) / "site.yaml")["contacts"]) == divisions


@pytest.mark.parametrize("pack", PACKS)
def test_pages_lie_under_topics_of_the_frame_and_every_topic_speaks_three_languages(
    pack: str,
) -> None:
    frame = _read(_site(pack) / "site.yaml")
    places = set()
    for topic in frame["topics"]:
        for each in (topic, *topic["subtopics"]):
            assert each["icon"], each["code"]
            for text in (each["title"], each["summary"]):
                assert set(text) == set(LANGUAGES), each["code"]
                assert all(text.values()), each["code"]
        places |= {(topic["code"], each["code"]) for each in topic["subtopics"]}
    for each in (*frame["life_events"], *frame["certificates"]):
        assert set(each["title"]) == set(LANGUAGES), each["code"]
    kept = {path.parts[-3:-1] for path in (_site(pack) / "pages").rglob("*.yaml")}
    assert kept == places


@pytest.mark.parametrize("pack", PACKS)
def test_every_page_says_whom_to_ask(pack: str) -> None:
    for slug, entry in _of_kind(pack, "page").items():
        for body in _bodies(entry):
            assert any("contact" in block for block in body), slug


@pytest.mark.parametrize("pack", PACKS)
def test_titles_and_summaries_are_of_a_length_that_lists_can_show(pack: str) -> None:
    for slug, entry in _documents(pack).items():
        if entry["kind"] == "question":
            continue
        assert len(entry["title"]) <= 48, (slug, len(entry["title"]))
        assert len(entry["summary"]) <= 120, (slug, len(entry["summary"]))
        assert len(entry.get("easy", {}).get("summary", "")) <= 120, slug
        assert entry["summary"] != entry["title"], slug


@pytest.mark.parametrize("pack", PACKS)
def test_no_two_documents_say_the_same(pack: str) -> None:
    titles = Counter(each.get("title") or each["question"] for each in _documents(pack).values())
    assert not [title for title, times in titles.items() if times > 1]


@pytest.mark.parametrize("pack", PACKS)
def test_texts_keep_to_characters_that_every_machine_shows(pack: str) -> None:
    for path in sorted(_site(pack).rglob("*.yaml")):
        if path.name == "search_cases.yaml":  # what people type is not ours to mend
            continue
        found = UNWANTED.findall(path.read_text(encoding="utf-8"))
        assert not found, (path.name, found)


@pytest.mark.parametrize("pack", PACKS)
def test_texts_use_only_paragraphs_lists_bold_and_links(pack: str) -> None:
    """A table, a heading or a tag typed into a text would be shown as it stands."""
    for slug, entry in _documents(pack).items():
        texts = [block["text"] for body in _bodies(entry) for block in body if "text" in block]
        for text in [*texts, entry.get("answer", "")]:
            odd = re.findall(r"(?m)^(?:[|>+?=@!]|#+ |[TFPCRSDN]\| ).*|<[a-z/!]|`", text)
            assert not odd, (slug, odd)
            assert text.count("**") % 2 == 0, slug


@pytest.mark.parametrize("pack", PACKS)
def test_the_evacuation_order_bears_its_present_name(pack: str) -> None:
    """避難勧告 ended on 20 May 2021; it may be told of as a thing of the past, and searched for."""
    for slug, entry in _documents(pack).items():
        for body in _bodies(entry):
            for text in _words(body):
                assert "避難勧告" not in text or "なくなりました" in text + str(body), slug


@pytest.mark.parametrize("pack", PACKS)
def test_weekdays_are_right(pack: str) -> None:
    """A date without a year lies in fiscal 2026."""
    seen = 0
    for path in sorted(_site(pack).rglob("*.yaml")):
        for era, month, day, weekday in DATED.findall(path.read_text(encoding="utf-8")):
            year = int(era) + 2018 if era else 2026 + (int(month) < 4)
            given = date(year, int(month), int(day))
            assert weekday == "月火水木金土日"[given.weekday()], (path.name, given, weekday)
            seen += 1
    assert seen > 100 or pack != "sample"


@pytest.mark.parametrize("pack", PACKS)
def test_days_of_publishing_come_before_the_days_they_lead_to(pack: str) -> None:
    for slug, entry in _documents(pack).items():
        if entry["kind"] == "news":
            assert entry["from"] <= entry["until"], slug
            assert entry["category"] in CATEGORIES, slug
            assert isinstance(entry["urgent"], bool), slug
        if entry["kind"] == "event":
            assert isinstance(entry["starts"], datetime), slug
            assert entry["starts"].tzinfo is not None, slug
            assert entry["starts"] < entry["ends"], slug
            assert entry["published"] <= entry["starts"].date(), slug
        if entry["kind"] == "page":
            assert isinstance(entry["reviewed"], date), slug


def test_ages_of_questions_run_upwards() -> None:
    for slug, entry in _of_kind("sample", "question").items():
        if "ages" in entry:
            low, high = entry["ages"]
            assert 0 <= low <= high <= 100, slug


def test_the_sample_town_has_the_pages_of_a_real_one() -> None:
    pages = _of_kind("sample", "page")
    folders = Counter(
        part
        for path in (_site("sample") / "pages").rglob("*.yaml")
        for part in {path.parts[-3], path.parts[-2].split("-")[0]}
    )
    assert len(pages) >= 130
    assert sum("en" in each for each in pages.values()) >= 40
    assert sum("easy" in each for each in pages.values()) >= 35
    assert folders["disability"] >= 20
    assert folders["children"] >= 20
    assert folders["environment"] >= 8
    assert len(_of_kind("sample", "news")) >= 40
    assert len(_of_kind("sample", "event")) >= 15


def test_the_sample_town_answers_the_questions_of_parents_and_of_people_with_disabilities() -> None:
    questions = _of_kind("sample", "question")
    areas = {path.stem: len(_read(path)) for path in (_site("sample") / "questions").glob("*.yaml")}
    assert len(questions) >= 150
    assert areas["kosodate"] >= 40
    assert areas["disability"] >= 25
    assert sum("ages" in each for each in questions.values()) >= 40
    assert sum("en" in each and "easy" in each for each in questions.values()) >= 60


def test_the_emergency_templates_speak_three_languages() -> None:
    templates = _read(_site("sample") / "emergency.yaml")["templates"]
    assert [each["code"] for each in templates] == ["earthquake", "storm", "blackout"]
    for each in templates:
        for language in LANGUAGES:
            assert each[language]["title"], each["code"]
            assert each[language]["text"], each["code"]


def test_each_search_case_expects_something_that_exists() -> None:
    cases = _read(_site("sample") / "search_cases.yaml")["cases"]
    known = _documents("sample")
    assert len({each["query"] for each in cases}) == len(cases) >= 100
    for each in cases:
        assert set(each) == {"query", "expect", "kind", "language"}, each
        assert known[each["expect"]]["kind"] in {"page", "question"}, each
        assert each["language"] == "ja" or each["language"] in known[each["expect"]], each
    kinds = Counter(each["kind"] for each in cases)
    least = {"misspelling": 15, "kana": 15, "synonym": 15, "multi-word": 15, "old name": 10, "question": 10}  # fmt: skip
    assert all(kinds[kind] >= count for kind, count in least.items()), kinds


def test_a_synonym_is_a_word_that_the_page_itself_does_not_use() -> None:
    for each in _read(_site("sample") / "search_cases.yaml")["cases"]:
        if each["kind"] == "synonym":
            said = " ".join(_words(_documents("sample")[each["expect"]]))
            used = [word for word in each["query"].split() if word in said]
            assert not used, (each["query"], each["expect"], used)


def test_pages_of_the_real_city_say_that_they_are_samples() -> None:
    told = {"ja": "見本の文章です", "en": "This is a sample", "easy": "これは見本です"}
    for slug, entry in _of_kind("nishitokyo", "page").items():
        for language, body in zip(LANGUAGES, _spoken(entry), strict=True):
            assert not body or body[0]["notice"]["title"] == told[language], (slug, language)


def _spoken(entry: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The body in each language, empty where the page does not exist in it."""
    return [entry["body"], entry.get("en", {}).get("body", []), entry.get("easy", {}).get("body", [])]  # fmt: skip


def test_the_real_citys_contacts_are_its_main_number() -> None:
    """Nothing else about its counters is known here, so nothing else is said."""
    telephone = _read(ROOT / "nishitokyo" / "look.yaml")["telephone"]
    for contact in _read(_site("nishitokyo") / "site.yaml")["contacts"].values():
        assert contact.keys() == {"telephone", "kana"}
        assert contact["telephone"] == telephone
