"""Approval: a step names an office, never a person; deputies stand in by days; emergency publishing is checked later."""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from tsunagari.engines.content.models.permission import actor_of_user, is_of_office
from tsunagari.engines.content.models.pieces_of import refusing_faults
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.ids import new_public_id


class Deputy(models.Model):
    """Somebody who decides for a division's head between two days, both included (代理)."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    division = models.CharField(max_length=50)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    begins = models.DateField()
    ends = models.DateField()
    named_by = models.CharField(max_length=22)

    class Meta:
        verbose_name_plural = "deputies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("begins")), name="content_deputy_ends_after"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.begins} - {self.ends}"


class OfficeStep(Task):
    """A step of approval that belongs to an office."""

    class Offices(models.TextChoices):
        """Whose step it is."""

        HEAD = "head", _("ページを担当する課の課長")
        SITE = "site", _("サイトを運営する課")

    office = models.CharField(_("だれが確かめるか"), max_length=4, choices=Offices.choices)

    admin_form_fields = [*Task.admin_form_fields, "office"]

    class Meta:
        verbose_name = _("役所の承認")
        verbose_name_plural = _("役所の承認")

    def may_decide(self, page: Any, user: Any) -> bool:
        """Whether the step is this clerk's now: by her post, or as a deputy today. Wagtail asks for the plain page, too."""
        if user.is_superuser:
            return True
        actor = actor_of_user(user)
        if self.office == self.Offices.SITE:
            return is_of_office(actor)
        division = page.specific.division
        return actor.has_role("head", division) or division in deputised(user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Whoever decides may mend a word without sending the page back."""
        return self.may_decide(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it waits for a decision, nobody else changes what is being decided."""
        return not self.may_decide(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Approve, or send back with words; with a fault of level A only send back."""
        if not self.may_decide(obj, user):
            return []
        back = ("reject", gettext("差し戻す"), True)
        if refusing_faults(obj.specific):
            return [back]
        return [
            back,
            ("approve", gettext("承認する"), False),
            ("approve", gettext("ひとこと添えて承認する"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> "QuerySet[Any]":
        """The pages that wait for this clerk at this step."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        if not user.is_superuser and not self._decides_for_all(user):
            keys = waiting.values_list("pk", "workflow_state__object_id")
            mine = self._mine({state: int(page) for state, page in keys}, user)
            waiting = waiting.filter(pk__in=mine)
        mine_now: QuerySet[Any] = waiting
        return mine_now

    def _decides_for_all(self, user: Any) -> bool:
        return self.office == self.Offices.SITE and is_of_office(actor_of_user(user))

    def _mine(self, waiting: dict[int, int], user: Any) -> list[int]:
        """Of states with their pages' keys, those of divisions for which she decides."""
        if self.office == self.Offices.SITE or not waiting:
            return []
        post = actor_of_user(user).post
        heads = {post.division} if post and post.role == "head" else set()
        pages = pages_of_divisions(waiting.values(), heads | deputised(user))
        return [state for state, page in waiting.items() if page in pages]

    @classmethod
    def get_description(cls) -> str:
        """Shown where steps are chosen."""
        return gettext("課長（と代理）か、サイトを運営する課が承認します。")


def pages_of_divisions(keys: Iterable[int], divisions: Collection[str]) -> frozenset[int]:
    """Of pages by their keys, those of some divisions; one question for each kind of page."""
    wanted = [kind for kind in apps.get_app_config("content").get_models() if _is_page(kind)]
    found: set[int] = set()
    if divisions:
        for kind in wanted:
            rows = kind._default_manager.filter(pk__in=list(keys), division__in=list(divisions))  # noqa: SLF001 - Django's word for it
            found |= set(rows.values_list("pk", flat=True))
    return frozenset(found)


def _is_page(kind: type[models.Model]) -> bool:
    return issubclass(kind, Page)


def capacity_of(step: OfficeStep, page: Any, user: Any) -> str:
    """As what somebody decides at a step: one of declare.CAPACITIES."""
    actor = actor_of_user(user)
    if step.office == OfficeStep.Offices.SITE and is_of_office(actor):
        return "site"
    if step.office == OfficeStep.Offices.HEAD:
        if actor.has_role("head", page.division):
            return "head"
        if page.division in deputised(user):
            return "deputy"
    return "administrator"


def deputised(user: Any, clock: Clock = system_clock) -> frozenset[str]:
    """The divisions for which an account may decide today."""
    today = japan_day(clock())
    found = Deputy.objects.filter(account=user, begins__lte=today, ends__gte=today)
    return frozenset(found.values_list("division", flat=True))


class LaterCheck(models.Model):
    """A page that was published in an emergency without approval, to be checked afterwards (事後確認)."""

    class Verdicts(models.TextChoices):
        """What the check came to."""

        RIGHT = "right", _("内容は正しい")
        MENDED = "mended", _("直した")
        WITHDRAWN = "withdrawn", _("公開をやめた")

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="later_checks"
    )
    division = models.CharField(max_length=50)
    reason = models.CharField(_("理由"), max_length=300)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=22)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=22, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdicts, blank=True)
    finding = models.CharField(_("確かめた結果"), max_length=300, blank=True)

    class Meta:
        ordering = ["published_at"]

    def __str__(self) -> str:
        return f"{self.page_id} {self.published_at:%Y-%m-%d %H:%M}"
