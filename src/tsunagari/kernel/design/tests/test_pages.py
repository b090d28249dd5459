"""The frame, the living page and the pages that say what went wrong."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

WRONG = ("400", "403", "403_csrf", "404", "429")


def request_of_a_visitor() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


@pytest.mark.django_db
def test_the_living_page_is_public_and_shows_the_parts(client: Client) -> None:
    answer = client.get("/design/")
    assert answer.status_code == 200
    assert "デザインの部品" in answer.content.decode()


@pytest.mark.django_db
def test_the_citys_colours_are_kept_by_the_browser(client: Client) -> None:
    answer = client.get("/design/city.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "--city-key: #" in answer.content.decode()


@pytest.mark.parametrize("code", WRONG)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_of_failure_says_what_to_do(code: str, language: str) -> None:
    with override(language):
        drawn = render_to_string(f"{code}.html", request=request_of_a_visitor())
    assert {"ja": "次にできること", "en": "What you can do next"}[language] in drawn
    assert "042-464-1311" in drawn


def test_the_page_of_a_fault_needs_nothing_that_may_be_broken() -> None:
    assert "もう一度試してください" in render_to_string("500.html")


def test_the_frame_works_without_javascript() -> None:
    drawn = render_to_string("404.html", request=request_of_a_visitor())
    assert "<script" not in drawn
    assert '<a class="ts-skip-link" href="#main">' in drawn


@pytest.mark.parametrize(
    "sheet", sorted(Path(__file__).parents[1].glob("static/design/*.css"), key=str)
)
def test_stylesheets_load_nothing_from_elsewhere(sheet: Path) -> None:
    written = sheet.read_text(encoding="utf-8")
    assert "http" not in written.replace('href^="http"', "")
    assert "@import" not in written


@pytest.mark.parametrize("asset", ["tokens/tokens.css", "noto/wght.css", "design/ground.css"])
def test_what_the_frame_asks_for_is_there(asset: str) -> None:
    assert finders.find(asset), f"{asset} is missing; run `npm ci`."


def test_a_page_of_failure_in_the_console_leads_back_to_it() -> None:
    request = RequestFactory().get("/console/nowhere/")
    request.user = AnonymousUser()
    drawn = render_to_string("wagtailadmin/404.html", request=request)
    assert "業務画面へ戻る" in drawn
    assert "Wagtail" not in drawn


def test_the_sheet_that_the_console_shares_styles_no_bare_element() -> None:
    sheet = finders.find("design/ground.css")
    assert isinstance(sheet, str)
    for rule in Path(sheet).read_text(encoding="utf-8").split("}")[:-1]:
        chosen = rule.rsplit("*/", 1)[-1].split("{")[0].strip()
        for one in chosen.split(","):
            assert one.strip().startswith((".", ":root")), (
                f"{one.strip()} belongs into elements.css"
            )


@pytest.mark.parametrize(("spoken", "wanted"), [("ja", "計画"), ("en", "Plan")])
def test_the_console_without_javascript_has_the_menu_that_the_script_draws(
    secretariat_client: Client, spoken: str, wanted: str
) -> None:
    secretariat_client.cookies["django_language"] = spoken
    page = secretariat_client.get("/console/").content.decode()
    menu = page.split('<nav class="ts-console-menu"')[1].split("</nav>")[0]
    props = page.split('id="wagtail-sidebar-props"')[1].split("</script>")[0]
    drawn = set(re.findall(r'"url": "(/console/[^"]*)"', props))
    assert drawn
    assert drawn <= set(re.findall(r'href="([^"]*)"', menu))
    assert f">{wanted}</a>" in menu
    assert 'action="/console/logout/"' in menu
