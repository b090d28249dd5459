"""The list of questions is narrowed by a child's age, a certificate's class and a life event, together and with words."""

from pathlib import Path

import pytest
from django.test import Client

from tsunagari.engines.content import api
from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import Published, QuestionPage
from tsunagari.engines.content.rules.site_pages import SiteRefused
from tsunagari.engines.content.tests.conftest import published, the_list, write
from tsunagari.kernel.i18n.clock import system_clock

pytestmark = pytest.mark.django_db

NURSERY = "保育園はいつ申し込めますか"
ALLOWANCE = "児童手当はいくらですか"
TAXI = "タクシー券はもらえますか"
HELPER = "ヘルパーを頼めますか"


@pytest.fixture(autouse=True)
def _questions(site: Prepared) -> None:
    place = the_list(site, "question")
    published(
        place,
        QuestionPage,
        title=NURSERY,
        slug="nursery",
        age_from=0,
        age_to=5,
        life_events=["child-rearing"],
    )
    published(place, QuestionPage, title=ALLOWANCE, slug="allowance", age_from=0, age_to=18)
    published(
        place,
        QuestionPage,
        title=TAXI,
        slug="taxi",
        disability_classes=["body-1", "love-1"],
        life_events=["disability"],
    )
    published(place, QuestionPage, title=HELPER, slug="helper", disability_classes=["body-1"])
    write(place, QuestionPage, title="下書き", slug="draft", age_from=40, age_to=41)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {NURSERY, ALLOWANCE, TAXI, HELPER}),
        ({"age": "5"}, {NURSERY, ALLOWANCE}),
        ({"age": "6"}, {ALLOWANCE}),
        ({"age": "5", "category": "child-rearing"}, {NURSERY}),
        ({"certificate": "body-1"}, {TAXI, HELPER}),
        ({"certificate": "love-1"}, {TAXI}),
        ({"certificate": "body-1", "age": "3"}, set()),
        ({"q": "児童手当", "age": "6"}, {ALLOWANCE}),
        ({"q": "児童手当", "certificate": "body-1"}, set()),
        ({"age": "99"}, {NURSERY, ALLOWANCE, TAXI, HELPER}),
        ({"age": "<b>", "certificate": "body-9"}, {NURSERY, ALLOWANCE, TAXI, HELPER}),
    ],
)
def test_she_sees_the_questions_that_bear_all_that_she_chose(
    client: Client, asked: dict[str, str], found: set[str]
) -> None:
    page = client.get("/faq/", asked).content.decode()
    assert {each for each in (NURSERY, ALLOWANCE, TAXI, HELPER) if each in page} == found
    assert "<b>" not in page


def test_only_what_some_question_bears_is_offered_and_what_was_chosen_is_said(
    client: Client,
) -> None:
    page = client.get("/faq/", {"age": "3"}).content.decode()
    assert '<option value="3" selected>3歳</option>' in page
    assert '<option value="18">18歳</option>' in page
    assert 'value="19"' not in page
    assert 'value="40"' not in page  # a draft's
    assert '<option value="love-1">愛の手帳（療育手帳） 1度</option>' in page
    assert 'value="love-2"' not in page
    assert "「3歳」の質問：2件" in page
    assert "?age=3&amp;category=disability" in page
    english = client.get("/en/faq/").content.decode()
    assert 'name="age"' not in english  # there are no English questions


def test_a_pack_whose_question_names_an_unknown_certificate_is_refused_with_the_mend(
    tmp_path: Path,
) -> None:
    (tmp_path / "site" / "questions").mkdir(parents=True)
    (tmp_path / "site" / "site.yaml").write_text(
        "certificates: [{code: body-1, title: {ja: 身体障害者手帳 1級}}]", encoding="utf-8"
    )
    (tmp_path / "site" / "questions" / "welfare.yaml").write_text(
        "- {slug: taxi, question: 券は, answer: あります。, division: shimin, disability_class: [身体1級]}",
        encoding="utf-8",
    )
    before = Published.objects.count()
    with pytest.raises(
        SiteRefused, match="taxi: there is no certificate 身体1級; name it in site.yaml"
    ):
        api.load_site(tmp_path, clock=system_clock)
    assert Published.objects.count() == before
