"""The editor's panels: what a clerk writes, in the order in which she thinks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from tsunagari.engines.content.forms.page_form import CityPageForm
from tsunagari.engines.content.models import (
    PAGE_TYPES,
    CityPage,
    EventPage,
    ListPage,
    NewsPage,
    QuestionPage,
    TopicPage,
)


def _day(name: str) -> FieldPanel:
    """A day by the browser's own calendar: Wagtail's needs a script in the page, which our policy refuses."""
    return FieldPanel(name, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _moment(name: str, **attributes: str) -> FieldPanel:
    attributes = {"type": "datetime-local", **attributes}
    return FieldPanel(name, widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attributes))


_IN_DIALOG = {
    "data-controller": "w-action",
    "data-action": "w-dialog:hidden->w-action#reset",
    "data-w-dialog-target": "notify",
}
"""As Wagtail's own fields in its dialog of times."""


def _day_and_kind() -> list[Any]:
    return [
        MultiFieldPanel(
            [FieldRowPanel([_day("day"), FieldPanel("category")]), FieldPanel("urgent")],
            heading=_("お知らせについて"),
        )
    ]


def _time_and_place() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldRowPanel([_moment("begins"), _moment("ends")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("category")]),
                FieldRowPanel([FieldPanel("fee"), FieldPanel("capacity")]),
                FieldPanel("booking"),
            ],
            heading=_("日時と場所"),
        )
    ]


def _whom_it_concerns() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldPanel("disability_classes"),
            ],
            heading=_("だれのための質問か"),
        )
    ]


def _writing(kind: type[CityPage]) -> ObjectList:
    """First tab: title, summary, what the kind asks by itself, the body."""
    own = _time_and_place() if kind is EventPage else _day_and_kind() if kind is NewsPage else []
    question = kind is QuestionPage
    return ObjectList(
        [
            HelpPanel(template="content/console/faults_bar.html"),
            FieldPanel(
                "title",
                heading=_("質問") if question else _("題名"),
                help_text=_("探している人の言葉で。検索の結果と一覧に、そのまま出ます。"),
            ),
            FieldPanel("summary"),
            *own,
            FieldPanel("body", heading=_("答え") if question else _("本文")),
        ],
        heading=_("書く"),
    )


def _sorting(kind: type[CityPage]) -> ObjectList:
    """Second tab: who answers for it, what it is about, when it is read, where it stands."""
    own = _whom_it_concerns() if kind is QuestionPage else []
    if kind is TopicPage:
        own = [FieldPanel("icon")]
    if kind is ListPage:
        own = [FieldPanel("lists")]
    sought = MultiFieldPanel(
        [FieldPanel("life_events"), FieldPanel("keywords"), FieldPanel("reading")],
        heading=_("探しやすくする"),
    )
    return ObjectList(
        [
            FieldPanel("division"),
            *own,
            sought,
            FieldPanel(
                "slug",
                heading=_("アドレスの言葉"),
                help_text=_(
                    "アドレスの最後に出ます（例：juminhyo）。空なら、題名のよみから作ります。公開したあとは変えないのが親切です。"
                ),
            ),
            PublishingPanel(
                heading=_("公開する日時"),
                children=[
                    _moment("go_live_at", **_IN_DIALOG),
                    _moment("expire_at", **_IN_DIALOG),
                ],
            ),
            CommentPanel(),
        ],
        heading=_("分類と公開"),
    )


def handler_of(kind: type[CityPage]) -> TabbedInterface:
    """The editor of a kind of page."""
    return TabbedInterface([_writing(kind), _sorting(kind)], base_form_class=CityPageForm)


for _kind in PAGE_TYPES:
    _kind.edit_handler = handler_of(_kind)
    if hasattr(_kind, "get_edit_handler"):  # Wagtail gives it later where the console is read first
        _kind.get_edit_handler.cache_clear()
