"""One Japanese word with several meanings is said in English by what it is said of."""

from django.utils.translation import override

from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import N_, P_


def test_a_counting_word_is_said_by_what_is_counted() -> None:
    with override("en"):
        assert said(P_("page views", "件")) == "views"
        assert said(P_("something nobody put into English", "件")) == "件"


def test_a_japanese_reader_sees_the_word_alone() -> None:
    assert said(P_("page views", "件")) == "件"


def test_a_plain_text_is_said_as_ever() -> None:
    with override("en"):
        assert said(N_("ホームページの閲覧数")) == "Website page views"
