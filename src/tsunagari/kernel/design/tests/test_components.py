"""Every component has an example, and every example is drawn, named and told in the reader's language."""

import re

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from tsunagari.kernel.design import icons
from tsunagari.kernel.design.living import (
    COMPONENTS,
    TEMPLATES,
    component_names,
    components_in,
    example_files,
    groups,
)


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
