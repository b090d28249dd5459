"""Accounts, divisions by fiscal year, posts and keys."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.identity.declare import Kind
from tsunagari.kernel.ids import new_public_id


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts; they are made by actions only."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """By public id, as Django's own code asks."""
        return self.get(public_id=username)


class Account(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # pictures and files point here by Wagtail's own fields
    """A person's way in, for one entrance. A clerk who lives in the city has two, apart.

    `email` is a resident's address and `work_email` a clerk's: two columns, so that no search by
    address can ever reach across (the same address may stand once in each).
    """

    class Kinds(models.TextChoices):
        """Which entrance."""

        RESIDENT = "resident", _("住民")
        STAFF = "staff", _("職員")

    # Editable in name only: the console's own user form is built on it, though never mounted.
    public_id = models.CharField(max_length=22, unique=True, default=new_public_id)
    kind = models.CharField(max_length=8, choices=Kinds.choices)
    login_name = models.CharField(_("職員のログイン名"), max_length=64, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    work_email = models.EmailField(_("職場のメールアドレス"), blank=True)
    name = models.CharField(_("お名前"), max_length=100, blank=True)
    kana = models.CharField(_("ふりがな"), max_length=100, blank=True)
    language = models.CharField(_("画面のことば"), max_length=5, blank=True)
    is_active = models.BooleanField(_("使える"), default=True)
    made_at = models.DateTimeField(_("作った日時"), auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "public_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("アカウント")
        verbose_name_plural = _("アカウント")
        constraints = [
            models.UniqueConstraint(
                fields=["login_name"], condition=~Q(login_name=""), name="login_name_once"
            ),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="email_once"),
            models.UniqueConstraint(
                fields=["work_email"], condition=~Q(work_email=""), name="work_email_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="staff", email="") & ~Q(login_name="")
                | Q(kind="resident", login_name="", work_email=""),
                name="kinds_apart",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The name, or what one signs in with."""
        return self.name or self.login_name or self.email

    def get_short_name(self) -> str:
        """The same: Japanese names are not shortened."""
        return self.get_full_name()

    @property
    def first_name(self) -> str:
        """What the console's menu shows of whoever is signed in."""
        return self.get_full_name()

    @property
    def is_staff(self) -> bool:
        """Whether the account belongs to the staff entrance (Django's word for it)."""
        return self.kind == self.Kinds.STAFF

    @property
    def of_kind(self) -> Kind:
        """The kind as the literal that `Actor` carries."""
        return "staff" if self.is_staff else "resident"

    @property
    def address(self) -> str:
        """Where mail for this account goes."""
        return self.work_email if self.is_staff else self.email


class Division(models.Model):
    """A division (課) through the years: its code never changes, its terms say what it was called."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=50, unique=True)

    def __str__(self) -> str:
        return self.code


class DivisionTerm(models.Model):
    """What a division was called and where it belonged from one fiscal year to another.

    `first_year` and `last_year` are fiscal years (2024 is 令和6年度), both included; no last year:
    until further notice.
    """

    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="terms")
    parent = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="child_terms"
    )
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    kana = models.CharField(max_length=100, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "first_year"]
        constraints = [
            models.UniqueConstraint(fields=["division", "first_year"], name="one_term_a_year"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=models.F("first_year")),
                name="term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.first_year}-{self.last_year or ''})"


class DivisionSuccession(models.Model):
    """A division's work went over to another with the beginning of a fiscal year (再編)."""

    before = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="successors")
    after = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="predecessors")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "year"], name="one_succession"),
            models.CheckConstraint(
                condition=~Q(before=models.F("after")), name="not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} ({self.year})"


class Post(models.Model):
    """A post (職) in a division, held by a clerk between two days, both included.

    A clerk has one main post at a time and any number of concurrent ones (兼務). Superseded, never
    overwritten: a change ends one row and begins another.
    """

    class Roles(models.TextChoices):
        """What the post may do; the words are `declare.ROLES`."""

        MEMBER = "member", _("担当者")
        HEAD = "head", _("課長")
        SECRETARIAT = "secretariat", _("計画の事務局")
        COMMITTEE = "committee", _("計画の委員")
        AUDITOR = "auditor", _("監査担当")
        ADMINISTRATOR = "administrator", _("システム管理者")

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("職名"), max_length=50)
    role = models.CharField(_("役割"), max_length=13, choices=Roles.choices)
    begins = models.DateField(_("はじめの日"))
    ends = models.DateField(_("終わりの日"), null=True, blank=True)
    concurrent = models.BooleanField(_("兼務"), default=False)

    class Meta:
        ordering = ["concurrent", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("begins")),
                name="post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.title}"


class DivisionKey(models.Model):
    """A key with which a division's own system loads figures. Only a hash of it is kept."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="keys")
    purpose = models.CharField(_("使い道"), max_length=100)
    hashed = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=22)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.division} {self.purpose}"


class SharedCount(models.Model):
    """The table of Django's database cache: where attempts are counted for all processes together.

    A model only so that migrations make it; Django's cache backend reads and writes it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "shared_cache"

    def __str__(self) -> str:
        return self.cache_key
