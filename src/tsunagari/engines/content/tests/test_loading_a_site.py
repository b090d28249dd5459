"""A pack's whole site comes in at once: what it costs does not grow with each page, and a second time writes nothing."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tsunagari.engines.content import api
from tsunagari.engines.content.declare import PagePublished
from tsunagari.engines.content.models import ArticlePage, FormerAddress, Label, Published
from tsunagari.kernel.edge.declare import EVERYTHING
from tsunagari.kernel.edge.models import Purge
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.ledger.models import Arrival
from tsunagari.kernel.search import api as search

pytestmark = pytest.mark.django_db

FRAME = """
topics:
  - {code: living, title: {ja: くらし, en: Daily life}, summary: {ja: 引っ越しと証明書}, icon: home}
life_events:
  - {code: moving, title: {ja: 引っ越し, en: Moving}, icon: home}
"""
PAGE = """
title: {title}
summary: 住み始めた日から14日以内に届け出てください。
division: shimin
life_events: [moving]
published: 2026-04-01
body: [{{text: "住民票は[証明書](page:{other})で取れます。"}}]
en:
  title: "Moving {other}"
  body: [{{text: "See [the other](page:{other})."}}]
"""
LATER = """
title: 来年の説明会
division: shimin
from: 2999-04-02
body: [{text: 来年です。}]
"""


def _write(pack: Path, name: str, text: str) -> None:
    file = pack / "site" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def pack(tmp_path: Path, divisions: None) -> Path:
    """Two pages that lead to each other, in two languages, and news of another year."""
    _write(tmp_path, "site.yaml", FRAME)
    _write(tmp_path, "pages/living/todoke.yaml", PAGE.format(title="転入届", other="shomei"))
    _write(tmp_path, "pages/living/shomei.yaml", PAGE.format(title="証明書", other="todoke"))
    _write(tmp_path, "news/later.yaml", LATER)
    return tmp_path


def _words(pack: Path) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        api.load_site(pack, clock=system_clock)
    return [each["sql"].split()[0] for each in asked.captured_queries]


def test_pages_lead_to_each_other_are_listed_found_and_recorded(pack: Path) -> None:
    loaded = api.load_site(pack, clock=system_clock)
    assert (loaded.written, loaded.standing) == (8, 0)
    page = ArticlePage.objects.get(slug="todoke", locale__language_code="ja")
    other = ArticlePage.objects.get(slug="shomei", locale__language_code="ja")
    assert f'linktype="page" id="{other.pk}"' in page.body.raw_data[0]["value"]
    row = Published.objects.get(page_id=page.pk)
    assert (row.path, row.language, row.title) == ("living/todoke/", "ja", "転入届")
    assert list(Label.objects.filter(published=row).values_list("sort", "code")) == [
        ("life_event", "moving")
    ]
    found = search.find("転入届", language="ja", at=system_clock())
    assert found.hits[0].public_id == page.public_id
    told = Arrival.objects.filter(name=PagePublished.name, subject=page.public_id).get()
    assert told.data == {"kind": "page", "language": "ja", "first": True}
    assert not Published.objects.filter(title="来年の説明会").exists()


def test_a_second_time_writes_nothing(pack: Path) -> None:
    api.load_site(pack, clock=system_clock)
    words = set(_words(pack))
    assert words <= {"SELECT", "SAVEPOINT", "RELEASE"}, words


def test_a_page_that_clerks_changed_stays_as_it_is(pack: Path) -> None:
    api.load_site(pack, clock=system_clock)
    page = ArticlePage.objects.get(slug="todoke", locale__language_code="ja")
    page.title = "引っ越してきたとき"
    page.save()
    assert api.load_site(pack, clock=system_clock).written == 0
    page.refresh_from_db()
    assert page.title == "引っ越してきたとき"


def test_only_what_is_new_comes_in_and_takes_an_address_that_led_elsewhere(pack: Path) -> None:
    api.load_site(pack, clock=system_clock)
    page = ArticlePage.objects.get(slug="todoke", locale__language_code="ja")
    FormerAddress.objects.create(
        language="ja", path="living/kokuho/", page=page.page_ptr, left_at=system_clock()
    )
    _write(pack, "pages/living/kokuho.yaml", PAGE.format(title="国民健康保険", other="todoke"))
    before = set(Purge.objects.values_list("pk", flat=True))
    assert api.load_site(pack, clock=system_clock).written == 2
    assert not FormerAddress.objects.exists()
    purged = set(Purge.objects.exclude(pk__in=before).values_list("name", flat=True))
    assert {"content.below:ja/living/", "content.label:life_event:moving:en"} <= purged
    assert EVERYTHING not in purged


def test_what_residents_read_of_many_pages_is_written_together(pack: Path) -> None:
    """A further page costs what Wagtail asks and writes for it, and nothing of ours."""
    api.load_site(pack, clock=system_clock)
    counts = []
    for slugs in ("abc", "defghijkl"):
        for slug in slugs:
            _write(pack, f"pages/living/{slug}.yaml", PAGE.format(title=slug, other=slug))
        asked = _words(pack)
        counts.append({word: asked.count(word) for word in ("SELECT", "INSERT", "UPDATE")})
    further = {word: (counts[1][word] - counts[0][word]) / 12 for word in counts[0]}
    assert further["SELECT"] <= 12, further
    assert further["INSERT"] <= 5.5, further
    assert further["UPDATE"] <= 3, further
