"""How the login library is bent to two entrances: the hooks it offers, in one place."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.actions.note_sign_in import note_refusal
from tsunagari.kernel.identity.entrance.backends import KINDS, belongs
from tsunagari.kernel.identity.entrance.middleware import note_factor_given
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.queries import FACTORS
from tsunagari.kernel.identity.rules import entrance_of

_MANY = _(
    "続けて間違えたため、しばらくログインできません。5分ほど待ってから、もう一度お試しください。"
)

FRESH_SECONDS = 300


def _staff(request: HttpRequest | None) -> bool:
    return request is not None and entrance_of(request.path_info) == "staff"


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, signing up and mail, per entrance."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("このアカウントは使えません。担当にお問い合わせください。"),
        "cannot_remove_primary_email": _(
            "ログインに使うメールアドレスは消せません。先に別のアドレスを登録してください。"
        ),
        "duplicate_email": _("このメールアドレスは、すでに登録してあります。"),
        "email_password_mismatch": _(
            "メールアドレスかパスワードが違います。確かめて、もう一度入力してください。"
        ),
        "email_taken": _("このメールアドレスは使われています。別のアドレスを入力してください。"),
        "enter_current_password": _("いまのパスワードが違います。もう一度入力してください。"),
        "incorrect_code": _("番号が違います。届いた番号を確かめて、もう一度入力してください。"),
        "incorrect_password": _("パスワードが違います。もう一度入力してください。"),
        "invalid_login": _("ログインできませんでした。もう一度入力してください。"),
        "too_many_login_attempts": _MANY,
        "username_password_mismatch": _(
            "ログイン名かパスワードが違います。確かめて、もう一度入力してください。"
        ),
        "rate_limited": _(
            "短い間に何度も操作がありました。少し待ってから、もう一度お試しください。"
        ),
        "same_as_current": _("いまと同じです。別のものを入力してください。"),
    }

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """In the words of the entrance: a clerk has a login name, whatever she typed."""
        if code == "email_password_mismatch" and _staff(context.request):
            code = "username_password_mismatch"
        error: ValidationError = super().validation_error(code, *args)
        return error

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: she has just shown who she is."""
        request = context.request
        records = get_authentication_records(request, request.user)
        now = system_clock().timestamp()
        if any(now - FRESH_SECONDS < record["at"] <= now for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Residents make their accounts themselves; a clerk's is made by an administrator."""
        return not _staff(request)

    def new_user(self, request: HttpRequest) -> Account:
        """An account of the entrance's kind."""
        return Account(kind=KINDS[entrance_of(request.path_info)])

    def populate_username(self, request: HttpRequest, user: Account) -> None:
        """Residents have no login name: nothing to make up."""

    def get_login_stages(self) -> list[str]:
        """A clerk's address is confirmed by who employs her, not by a mail; the second factor stays."""
        if _staff(self.request):
            return ["allauth.mfa.stages.AuthenticateStage"]
        stages: list[str] = super().get_login_stages()
        return stages

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Refuse an account of the other kind: a passkey, say, that fits both entrances."""
        if not belongs(user, request) or not user.is_active:
            note_refusal(
                entrance_of(request.path_info),
                "wrong_entrance" if user.is_active else "closed",
                user.public_id,
            )
            return render(request, "identity/not_here.html", status=403)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; when there were too many, the ledger hears of it."""
        try:
            super().pre_authenticate(request, **credentials)
        except Exception:
            note_refusal(entrance_of(request.path_info), "too_many", _known(credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The ledger hears of a wrong password."""
        note_refusal(entrance_of(request.path_info), "wrong_password", _known(credentials))

    def reauthenticate(self, user: Account, password: str) -> bool:
        """By the credential of the entrance."""
        credentials = {"username": user.login_name} if user.is_staff else {"email": user.email}
        found = self.authenticate(context.request, password=password, **credentials)
        return found is not None and found.pk == user.pk

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the console, or to one's account."""
        return "/console/" if _staff(request) else reverse("identity_home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """To one's account."""
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To where one came in."""
        return reverse("account_login") if _staff(request) else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - the library's signature
        """To one's account."""
        return reverse("identity_home")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:  # noqa: ARG002 - the library's signature
        """To one's account."""
        return reverse("identity_home")

    def format_email_subject(self, subject: str) -> str:
        """【市の名前】 before the subject, in the reader's language."""
        return (
            f"【{gettext('つながり')}】{subject}"
            if _japanese()
            else f"[{gettext('つながり')}] {subject}"
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Say in every mail which entrance it is about."""
        super().send_mail(template_prefix, email, {**context, "staff": _staff(self.request)})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """A clerk's goes to her work address. It carries neither network address nor browser."""
        address = email or user.address
        if address:
            self.send_mail(template_prefix, address, {"user": user, **(context or {})})


def _japanese() -> bool:
    return (get_language() or "ja").startswith("ja")


def _known(credentials: dict[str, Any]) -> str:
    accounts = Account.objects.none()
    if credentials.get("username"):
        accounts = Account.objects.filter(login_name=str(credentials["username"]).lower())
    elif credentials.get("email"):
        accounts = Account.objects.filter(email=str(credentials["email"]).lower())
    return accounts.values_list("public_id", flat=True).first() or ""


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: secrets sealed in the database, the last one of a clerk kept."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "職員のログインには二つ目の確認が要ります。先に別の方法（認証アプリかパスキー）を登録してください。"
        ),
        "incorrect_code": _(
            "番号が違います。いま出ている番号を確かめて、もう一度入力してください。"
        ),
        "used_code": _(
            "この番号はもう使いました。次の番号が出るまで30秒ほど待って、新しい番号を入力してください。"
        ),
        "unverified_email": _("先にメールアドレスの確認を済ませてください。"),
    }

    def _fernet(self) -> Fernet:
        key = hashlib.sha256(f"tsunagari.factors:{settings.SECRET_KEY}".encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        """Seal a secret with the installation's key, so that a stolen dump is not enough."""
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret; PermissionDenied in a sentence when the installation's key was changed."""
        try:
            return self._fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as changed:
            raise PermissionDenied(
                gettext(
                    "認証アプリの登録を読み取れなくなっています。システム管理者に、登録のやり直しを頼んでください。"
                )
            ) from changed

    def get_totp_issuer(self) -> str:
        """The name above the code in the authenticator app."""
        return gettext("つながり（職員）") if _staff(context.request) else gettext("つながり")

    def _get_user_identifier(self, user: Account) -> str:
        return user.login_name or user.email

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A clerk keeps at least one authenticator app or passkey."""
        account = authenticator.user
        if not account.is_staff or authenticator.type not in FACTORS:
            return True
        others = Authenticator.objects.filter(user=account, type__in=FACTORS).exclude(
            pk=authenticator.pk
        )
        return bool(others.exists())

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002 - the library's signature
        """A name to begin with."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return (
            gettext("わたしの端末")
            if count == 0
            else gettext("%(number)s台目の端末") % {"number": count + 1}
        )


class SocialAdapter(DefaultSocialAccountAdapter):
    """Providers per entrance: the city's own for clerks, others for residents."""

    error_messages: ClassVar[dict[str, Any]] = DefaultSocialAccountAdapter.error_messages

    def list_apps(
        self, request: HttpRequest | None, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """Only the providers of this entrance: the other's answer 404."""
        apps = super().list_apps(request, provider=provider, client_id=client_id)
        if request is None:
            return list(apps)
        here = entrance_of(request.path_info)
        return [app for app in apps if app.settings.get("entrance") == here]

    def populate_user(
        self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]
    ) -> Account:
        """A resident's address and name as the provider gives them; a clerk's stay as they are here."""
        account: Account = sociallogin.user
        if not _staff(request):
            account.email = str(data.get("email") or "").lower()
            account.name = str(data.get("name") or "")[:100]
        return account

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - the library's signature
        """Clerks are not made by signing in."""
        return not _staff(request)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the clerk whom the city's provider names, and whether it asked for a second factor."""
        if not _staff(request):
            return
        sociallogin.email_addresses = []
        if not sociallogin.is_existing:
            account = _named_by(sociallogin.account.extra_data)
            if account is None:
                note_refusal("staff", "unknown_at_provider", "")
                raise ImmediateHttpResponse(render(request, "identity/not_here.html", status=403))
            with transaction.atomic():
                sociallogin.connect(request, account)
        if asserts_second_factor(sociallogin.account.extra_data):
            note_factor_given(request, sociallogin.user, "oidc")


def _named_by(claims: dict[str, Any]) -> Account | None:
    """By login name (preferred_username), else by an address the provider has verified."""
    user = claims.get("userinfo") or claims.get("id_token") or claims
    staff = Account.objects.filter(kind="staff", is_active=True)
    name = str(user.get("preferred_username") or "").lower()
    if name:
        return staff.filter(login_name=name).first()
    if user.get("email_verified") is True and user.get("email"):
        return staff.filter(work_email=str(user["email"]).lower()).first()
    return None


def asserts_second_factor(claims: dict[str, Any]) -> bool:
    """Whether the ID token says so: amr holds "mfa" (RFC 8176), or acr is one that settings name."""
    token = claims.get("id_token") or {}
    methods = token.get("amr") or []
    return "mfa" in methods or (bool(token.get("acr")) and token["acr"] in settings.OIDC_STAFF_ACR)
