"""Every component has an example, and every example is drawn, named and told in the reader's language."""

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from tsunagari.kernel.design import icons
from tsunagari.kernel.design.badges import status_badge
from tsunagari.kernel.design.living import (
    COMPONENTS,
    TEMPLATES,
    component_names,
    components_in,
    example_files,
    groups,
)
from tsunagari.kernel.design.templatetags.design import whole_words


@pytest.fixture
def request_of_a_visitor() -> HttpRequest:
    return RequestFactory().get("/design/?q=ごみ")


def test_every_component_has_an_example() -> None:
    shown = {
        name for path in example_files() for name in components_in(path.read_text(encoding="utf-8"))
    }
    missing = component_names() - shown
    assert not missing, (
        f"{', '.join(sorted(missing))}: no example shows it; add one to "
        f"{(TEMPLATES / 'design/examples').name}/<group>/<component>.html."
    )


def test_examples_use_only_components_that_exist() -> None:
    for path in example_files():
        unknown = components_in(path.read_text(encoding="utf-8")) - component_names()
        assert not unknown, f"{path.name} uses {unknown}, which is no file in {COMPONENTS}."


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_example_is_drawn_with_its_title_and_use(
    request_of_a_visitor: HttpRequest, language: str
) -> None:
    with override(language):
        drawn = [example for group in groups(request_of_a_visitor) for example in group.examples]
    assert len(drawn) == len(list(example_files()))
    for example in drawn:
        assert example.title, example.name
        assert example.use, example.name
        assert example.shown.strip(), example.name
        assert "<c-" not in example.shown, f"{example.name}: a component was not drawn."


def test_nothing_drawn_carries_a_style_or_a_script_attribute(
    request_of_a_visitor: HttpRequest,
) -> None:
    for group in groups(request_of_a_visitor):
        for example in group.examples:
            refused = re.findall(r'\s(?:style|on\w+)="', example.shown)
            assert not refused, (
                f"{example.name} carries {refused}; the content security policy refuses it."
            )


def test_identifiers_of_the_page_are_used_once(request_of_a_visitor: HttpRequest) -> None:
    drawn = "".join(
        example.shown for group in groups(request_of_a_visitor) for example in group.examples
    )
    ids = re.findall(r'\sid="([^"]+)"', drawn)
    assert sorted(ids) == sorted(set(ids))


def test_what_a_resident_typed_is_escaped_in_components() -> None:
    drawn = render_to_string(
        "design/messages.html",
        {
            "messages": [
                type("Message", (), {"level_tag": "info", "__str__": lambda _: "<script>"})()
            ]
        },
    )
    assert "<script>" not in drawn


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icons.icon("check_circle")


def test_an_unknown_icon_is_refused_in_a_sentence() -> None:
    with pytest.raises(icons.UnknownIconError, match="There is no icon 'sparkle_pony'"):
        icons.icon("sparkle_pony")


def test_an_icon_name_cannot_leave_its_folder() -> None:
    with pytest.raises(icons.UnknownIconError):
        icons.icon("../../package")


def test_a_link_in_a_sentence_leaves_no_gap_before_the_full_stop(
    request_of_a_visitor: HttpRequest,
) -> None:
    shown = {
        example.name: example.shown
        for group in groups(request_of_a_visitor)
        for example in group.examples
    }
    assert "引っ越しの届出</a>、制度" in shown["link"]


def drawn(template: str, **context: object) -> str:
    """What a template of one line draws."""
    made = CottonCompiler().process(template)
    return engines["django"].from_string(made).render(context)


class Question(forms.Form):
    """One question, for the summary of errors."""

    mail = forms.EmailField(
        label="メールアドレス", error_messages={"required": "メールアドレスを入力してください。"}
    )
    age = forms.IntegerField(label="年齢", error_messages={"required": "数字で書いてください。"})


def test_the_summary_of_errors_names_a_field_once() -> None:
    summary = drawn('<c-error-summary :form="form" />', form=Question({}))
    assert ">メールアドレスを入力してください。<" in summary
    assert ">年齢：数字で書いてください。<" in summary


def test_the_summary_of_errors_has_the_focus_unless_something_else_on_the_page_has_it() -> None:
    assert "autofocus" in drawn('<c-error-summary :form="form" />', form=Question({}))
    assert "autofocus" not in drawn(
        '<c-error-summary :form="form" focus="no" />', form=Question({})
    )


def test_the_link_that_changes_a_fact_says_which_fact() -> None:
    row = drawn(
        '<c-description term="お名前" href="/name/" action="変える">西東京 花子</c-description>'
    )
    link = re.search(r'<a href="/name/">(.*?)</a>', row)
    assert link is not None
    assert re.sub(r"<[^>]+>", "", link[1]) == "変える：お名前"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("ja", "令和8年11月21日（土） 00:30"), ("en", "Saturday, 21 November 2026 00:30")],
)
def test_a_moment_is_read_in_japan_and_in_eras(language: str, wanted: str) -> None:
    at = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    with override(language):
        assert drawn("{% load design %}{{ at|moment }}", at=at) == wanted
        assert drawn("{% load design %}{{ at|day }}", at=at) == wanted[: -len(" 00:30")]
        assert not drawn("{% load design %}{{ at|day }}{{ at|moment }}", at=None)


def test_a_year_in_a_heading_stays_whole_and_may_break_behind_it() -> None:
    year = '<span class="ts-nowrap">令和8年度</span>'
    assert whole_words("令和8年度アクションプラン") == f"{year}<wbr>アクションプラン"
    assert whole_words("令和8年度から") == f"{year}から"
    town = '<span class="ts-nowrap">西東京市</span><wbr>'
    assert whole_words("西東京市地域情報化基本方針") == f"{town}地域情報化基本方針"
    third = '<span class="ts-nowrap">第3期</span><wbr>'
    assert whole_words("西東京市第3期地域情報化") == f"{town}{third}地域情報化"
    assert whole_words("第3期西東京市の方針") == f"{third}{town.removesuffix('<wbr>')}の方針"
    assert whole_words("<b>元年</b>") == "&lt;b&gt;元年&lt;/b&gt;"


def test_a_status_from_memory_never_takes_a_plain_text_for_a_safe_one() -> None:
    words = "<b>遅れ</b>"
    assert "<b>遅れ</b>" in status_badge("late", mark_safe(words))
    assert "&lt;b&gt;遅れ&lt;/b&gt;" in status_badge("late", words)
    assert status_badge("late", words) == status_badge("late", words)
