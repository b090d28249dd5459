"""What stands in fees, places and contacts is checked, mended and found like every other text."""

import pytest

from tsunagari.engines.content.models import TopicPage
from tsunagari.engines.content.models.pieces_of import faults_of, put_back
from tsunagari.engines.content.rules.pieces import Change, Place
from tsunagari.engines.content.tests.conftest import published
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.search import api as search

pytestmark = pytest.mark.django_db

FEE = {"type": "item", "id": "r1", "value": {"what": "たんす", "yen": 900, "note": "ｶｷﾞは外す"}}
BODY = [
    {"type": "fees", "id": "f", "value": {"caption": "手数料", "rows": [FEE]}},
    {
        "type": "place",
        "id": "p",
        "value": {
            "name": "ｸﾘｰﾝｾﾝﾀｰ",
            "address": "野原町五丁目8番1号",
            "access": "",
            "hours": "",
            "latitude": None,
            "longitude": None,
        },
    },
    {
        "type": "contact",
        "id": "c",
        "value": {"division": "shimin", "about": "ﾁｹｯﾄ", "place": "", "telephone": "", "mail": ""},
    },
]


def test_their_faults_are_found_where_they_stand_and_mended_there(topic: TopicPage) -> None:
    page = published(topic, title="大きなごみ", slug="okina-gomi", body=BODY)
    found = [fault for fault in faults_of(page) if fault.rule == "half_width_kana"]
    places = [(each.place.part, each.place.field) for each in found]
    assert places == [("f", "rows.r1.note"), ("p", "name"), ("c", "about")]
    put_back(page, [change for fault in found for change in fault.mends[0].changes])
    assert not [fault for fault in faults_of(page) if fault.rule == "half_width_kana"]
    assert page.body[0].value["rows"][0]["note"] == "カギは外す"
    assert page.body[0].value["rows"][0]["what"] == "たんす"
    assert page.body[1].value["name"] == "クリーンセンター"
    assert page.body[2].value["about"] == "チケット"


def test_a_change_of_a_row_that_is_gone_changes_nothing(topic: TopicPage) -> None:
    page = published(topic, title="大きなごみ", slug="okina-gomi", body=BODY)
    put_back(page, [Change(place=Place(part="f", field="rows.none.what"), value="いす")])
    assert page.body[0].value["rows"][0]["what"] == "たんす"


def test_residents_find_what_stands_there(topic: TopicPage) -> None:
    page = published(topic, title="大きなごみ", slug="okina-gomi", body=BODY)
    for words in ("たんす", "クリーンセンター"):
        hits = search.find(words, language="ja", at=system_clock()).hits
        assert page.public_id in [hit.public_id for hit in hits], words
