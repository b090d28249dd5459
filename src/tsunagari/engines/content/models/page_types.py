"""The kinds of pages."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tsunagari.engines.content.declare import Kind
from tsunagari.engines.content.models.city_page import CityPage

BELOW_A_TOPIC = ["content.TopicPage", "content.ArticlePage"]


class SiteHome(CityPage):
    """The home of the site in one language; what stands on it comes from everywhere."""

    kind = "home"
    max_count = 3
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.TopicPage", "content.ListPage", "content.ArticlePage"]
    drawing = "content/home_preview.html"

    class Meta:
        verbose_name = _("ホーム")
        verbose_name_plural = _("ホーム")


class TopicPage(CityPage):
    """A topic (分野): what stands below it, with a few words."""

    kind = "topic"
    page_description = _("ページをまとめる入口。下にページを置きます")
    icon = models.CharField(_("アイコン"), max_length=50, blank=True)

    parent_page_types = ["content.SiteHome", "content.TopicPage"]
    subpage_types = BELOW_A_TOPIC

    class Meta:
        verbose_name = _("分野")
        verbose_name_plural = _("分野")


class ArticlePage(CityPage):
    """A page (ページ): a procedure, a service, a place, a fact."""

    kind = "page"
    page_description = _("手続きや制度の説明")
    is_creatable = True
    parent_page_types = ["content.TopicPage", "content.ArticlePage", "content.SiteHome"]
    subpage_types = ["content.ArticlePage"]

    class Meta:
        verbose_name = pgettext_lazy("kind of page", "ページ")
        verbose_name_plural = pgettext_lazy("kind of page", "ページ")


class ListPage(CityPage):
    """The list of all news, events or questions, and the place where they are written."""

    class Lists(models.TextChoices):
        """What is listed."""

        NEWS = "news", _("お知らせ")
        EVENT = "event", _("イベント")
        QUESTION = "question", _("よくある質問")

    kind = "list"
    lists = models.CharField(_("一覧にするもの"), max_length=10, choices=Lists.choices)

    parent_page_types = ["content.SiteHome"]
    subpage_types = ["content.NewsPage", "content.EventPage", "content.QuestionPage"]

    class Meta:
        verbose_name = _("一覧")
        verbose_name_plural = _("一覧")


class _Listed:
    """Stands below a list of its own kind: below お知らせ one is not asked whether one writes an event."""

    kind: ClassVar[Kind]

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """As Wagtail decides it, and only where the list is one of this kind."""
        fits: bool = super().can_create_at(parent)  # type: ignore[misc]
        return fits and parent.specific.lists in ("", cls.kind)


class NewsPage(_Listed, CityPage):
    """News (お知らせ): listed under its day; `urgent` news stand on the home until they end."""

    kind = "news"
    page_description = _("日付のある知らせ")
    is_creatable = True
    day = models.DateField(_("日付"))
    category = models.CharField(_("種類"), max_length=50, blank=True)
    urgent = models.BooleanField(
        _("重要なお知らせ"),
        default=False,
        help_text=_("ホームの上に出ます。災害のときは「緊急のお知らせ」を使います。"),
    )

    parent_page_types = ["content.ListPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("お知らせ")
        verbose_name_plural = _("お知らせ")


class EventPage(_Listed, CityPage):
    """An event with its time and place."""

    kind = "event"
    page_description = _("日時と場所のある催し")
    drawing = "content/event_page.html"
    is_creatable = True
    begins = models.DateTimeField(_("はじまり"))
    ends = models.DateTimeField(_("おわり"), null=True, blank=True)
    category = models.CharField(_("種類"), max_length=50, blank=True)
    place = models.CharField(_("場所"), max_length=200)
    fee = models.CharField(_("費用"), max_length=100, blank=True)
    capacity = models.CharField(_("定員"), max_length=100, blank=True)
    booking = models.CharField(_("申し込み"), max_length=300, blank=True)

    parent_page_types = ["content.ListPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("イベント")
        verbose_name_plural = _("イベント")


class QuestionPage(_Listed, CityPage):
    """A question in a resident's words with its answer. Ages are whole years, both included."""

    kind = "question"
    page_description = _("住民の言葉の質問と、その答え")
    is_creatable = True
    age_from = models.PositiveSmallIntegerField(_("子どもの年齢（から）"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("子どもの年齢（まで）"), null=True, blank=True)
    disability_classes = models.JSONField(_("手帳の種類と等級"), default=list, blank=True)

    parent_page_types = ["content.ListPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("よくある質問")
        verbose_name_plural = _("よくある質問")

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """Life events, each year of age, classes of disability."""
        ages: tuple[tuple[str, str], ...] = ()
        if self.age_from is not None and self.age_to is not None:
            ages = tuple(("age", str(age)) for age in range(self.age_from, self.age_to + 1))
        classes = tuple(("disability", code) for code in self.disability_classes)
        return (*super().labels, *ages, *classes)
