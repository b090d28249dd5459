"""Forms of accounts: the login library's, in our words, and our own."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Final

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.design import consent
from tsunagari.kernel.i18n.tabular import TableRefused
from tsunagari.kernel.i18n.workbook import read_file
from tsunagari.kernel.identity.actions.load_clerks import RowChange
from tsunagari.kernel.identity.declare import ROLES, SCOPES
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import LOGIN_NAME, entrance_of
from tsunagari.kernel.identity.rules.clerk_sheet import ClerkRow, read_rows, row_of

LARGEST_CLERKS: Final = 1024 * 1024
_CLERKS: Final = "identity.clerks"

USED_STEPS = "used_steps"
KEPT_STEPS = 200

_CODE = _("6桁の番号")


class Worded:
    """Gives the library's fields our words and takes its placeholders away."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]  # mixed into forms
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            say_what_is_missing(field)


def say_what_is_missing(field: forms.Field) -> None:
    """An empty field is answered with what to do."""
    choice = isinstance(field, forms.ChoiceField | forms.FileField)
    sentence = _("{label}を選んでください。") if choice else _("{label}を入力してください。")
    field.error_messages["required"] = format_lazy(sentence, label=field.label)


_MAIL = (_("メールアドレス"), _("例：hanako@example.jp"))
_PASSWORD = (_("パスワード"), "")
_NEW = (
    _("新しいパスワード"),
    _("10文字以上。名前やメールアドレスに似たもの、よく使われるものは使えません。"),
)
_AGAIN = (_("新しいパスワード（もう一度）"), "")


class LoginForm(Worded, account_forms.LoginForm):
    """E-mail at the residents' entrance, login name at the staff's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = entrance_of(self.request.path_info) == "staff"
        self.fields["password"].label, self.fields["password"].help_text = _PASSWORD
        if self.staff:
            self.fields["login"] = forms.CharField(
                label=_("ログイン名"),
                widget=forms.TextInput(attrs={"autocomplete": "username webauthn"}),
            )
            self.fields.pop("remember", None)
        else:
            self.fields["login"] = forms.EmailField(
                label=_MAIL[0],
                help_text=_MAIL[1],
                widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"}),
            )
            self.fields["remember"].label = _("この端末では、ログインしたままにする")
            self.fields["remember"].help_text = _("共用の端末では選ばないでください。")
        self.order_fields(["login", "password", "remember"])
        for field in (self.fields["login"], self.fields["password"]):
            say_what_is_missing(field)

    def user_credentials(self) -> dict[str, str]:
        """Only the credential of this entrance, so that a name never reaches the other kind."""
        method = "username" if self.staff else "email"
        return {method: self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def clean(self) -> dict[str, Any]:
        """As the library; a clerk's session ends with the browser, or after a working day."""
        cleaned: dict[str, Any] = super().clean()
        if self.staff:
            cleaned["remember"] = False
        return cleaned


class SignupForm(Worded, account_forms.SignupForm):
    """A resident's account needs an address only; a password can be set later."""

    name = forms.CharField(
        label=_("お名前"),
        required=False,
        max_length=100,
        help_text=_("手続きの画面に表示します。あとから入力・変更できます。例：山田 花子"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    words: ClassVar = {"email": (_MAIL[0], _("確認の番号を送ります。例：hanako@example.jp"))}
    field_order: ClassVar = ["email", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)

    def signup(self, _request: HttpRequest, user: Account) -> None:
        """Keep the name."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ResetPasswordForm(Worded, account_forms.ResetPasswordForm):
    """Sends a code to the account of this entrance that bears the address."""

    words: ClassVar = {"email": (_MAIL[0], _("登録してあるアドレスに、確認の番号を送ります。"))}

    def clean_email(self) -> str:
        """The address, in small letters; `users` holds whom it belongs to here (nobody may be)."""
        email: str = super().clean_email().lower()
        if entrance_of(context.request.path_info) == "staff":
            self.users = list(
                Account.objects.filter(work_email=email, kind="staff", is_active=True)
            )
        return email


class ChangePasswordForm(Worded, account_forms.ChangePasswordForm):
    """Old and new."""

    words: ClassVar = {
        "oldpassword": (_("いまのパスワード"), ""),
        "password1": _NEW,
        "password2": _AGAIN,
    }


class SetPasswordForm(Worded, account_forms.SetPasswordForm):
    """The first password."""

    words: ClassVar = {"password1": _NEW, "password2": _AGAIN}


class ResetPasswordKeyForm(Worded, account_forms.ResetPasswordKeyForm):
    """A new password after the code was right."""

    words: ClassVar = {"password1": _NEW, "password2": _AGAIN}


class ReauthenticateForm(Worded, account_forms.ReauthenticateForm):
    """The password once more."""

    words: ClassVar = {"password": _PASSWORD}


class RequestLoginCodeForm(Worded, account_forms.RequestLoginCodeForm):
    """Asks for a code by mail."""

    words: ClassVar = {"email": (_MAIL[0], _("ログイン用の番号を送ります。例：hanako@example.jp"))}


class AddEmailForm(Worded, account_forms.AddEmailForm):
    """A new address, confirmed by a code."""

    words: ClassVar = {"email": (_("新しいメールアドレス"), _("確認の番号を送ります。"))}


_MAILED = {
    "code": (
        _("メールで届いた番号"),
        _("半角の英数字。ハイフンは入れても入れなくてもかまいません。"),
    )
}


class ConfirmLoginCodeForm(Worded, account_forms.ConfirmLoginCodeForm):
    """The code that came by mail."""

    words: ClassVar = _MAILED


class ConfirmEmailCodeForm(Worded, account_forms.ConfirmEmailVerificationCodeForm):
    """The code that came by mail."""

    words: ClassVar = _MAILED


class ConfirmResetCodeForm(Worded, account_forms.ConfirmPasswordResetCodeForm):
    """The code that came by mail."""

    words: ClassVar = _MAILED


def _digits(form: forms.Form) -> None:
    form.fields["code"].widget.attrs.update(
        {"inputmode": "numeric", "autocomplete": "one-time-code"}
    )


class OnceOnly:
    """A code of an authenticator works once, whatever the clock does (RFC 6238, 5.2)."""

    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The library's check, then ours: remember the time steps that were used.

        The library remembers a code for its 30 seconds in the cache; a clock set back would make it
        new again.
        """
        code: str = super().clean_code()  # type: ignore[misc]  # mixed into the library's forms
        if self.authenticator.type == Authenticator.Type.TOTP and not use_once(
            self.authenticator, code
        ):
            raise get_mfa_adapter().validation_error("used_code")
        return code


@transaction.atomic
def use_once(authenticator: Authenticator, code: str) -> bool:
    """Mark the time step of a right code as used; False when it was used before."""
    kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(kept.data["secret"])
    digits = "".join(character for character in code if character.isdigit())
    steps = [
        step
        for step in yield_hotp_counters_from_time()
        if format_hotp_value(hotp_value(secret, step)) == digits
    ]
    used: list[int] = kept.data.get(USED_STEPS, [])
    if not steps or set(steps) & set(used):
        return False
    kept.data[USED_STEPS] = [*used, *steps][-KEPT_STEPS:]
    kept.save(update_fields=["data"])
    authenticator.data = kept.data
    return True


class AuthenticateForm(OnceOnly, Worded, mfa_forms.AuthenticateForm):
    """The second factor at sign-in."""

    words: ClassVar = {
        "code": (_CODE, _("認証アプリに出ている番号、または控えてあるリカバリーコード"))
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self)


class MfaReauthenticateForm(OnceOnly, Worded, mfa_forms.ReauthenticateForm):
    """The second factor once more."""

    words: ClassVar = {
        "code": (_CODE, _("認証アプリに出ている番号、または控えてあるリカバリーコード"))
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self)


class ActivateTotpForm(Worded, totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator."""

    words: ClassVar = {
        "code": (_CODE, _("認証アプリに出ている番号を入力してください。30秒ごとに変わります。"))
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self)


class AddPasskeyForm(Worded, webauthn_forms.AddWebAuthnForm):
    """A passkey; always one that signs in alone, because two kinds of key only confuse."""

    words: ClassVar = {
        "name": (_("この端末の呼び名"), _("あとで見分けるための名前です。例：自分のスマートフォン"))
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)

    def clean(self) -> dict[str, Any]:
        """As the library, with the device's own lock (PIN, fingerprint, face) required."""
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class EditPasskeyForm(Worded, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    words: ClassVar = {"name": (_("この端末の呼び名"), "")}


class Own:
    """Our own forms: an empty field is answered with what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]  # mixed into forms
            say_what_is_missing(field)


class ProfileForm(Own, forms.ModelForm[Account]):
    """Name, kana and language of one's own account."""

    language = forms.ChoiceField(label=_("画面のことば"), required=False)

    class Meta:
        model = Account
        fields = ["name", "kana", "language"]
        help_texts = {
            "name": _("例：山田 花子"),
            "kana": _("ひらがなで。例：にしとうきょう はなこ"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("画面のことば"),
            choices=settings.SCREEN_LANGUAGES,
            initial=settings.LANGUAGE_CODE,
        )
        if not self.instance.is_staff:
            self.fields.pop("language")

    def clean_kana(self) -> str:
        """Hiragana, the long mark and spaces."""
        kana: str = self.cleaned_data["kana"].strip()
        if any(not ("ぁ" <= letter <= "ゖ" or letter in "ー・ 　") for letter in kana):
            raise forms.ValidationError(
                _("ふりがなは ひらがなで入力してください（例：にしとうきょう はなこ）")
            )
        return kana


class KeyForm(Own, forms.Form):
    """A new key of a division."""

    division = forms.ChoiceField(label=_("課"))
    purpose = forms.CharField(
        label=_("使い道"),
        max_length=100,
        help_text=_("どのシステムが何に使うか。例：マイナンバーカードの月次集計"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("この鍵でできること"), widget=forms.CheckboxSelectMultiple, initial=["figures:load"]
    )

    def __init__(self, *args: Any, divisions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"] = forms.ChoiceField(label=_("課"), choices=divisions)
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=_("この鍵でできること"),
            choices=[(scope, _(words)) for scope, words in SCOPES.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=["figures:load"],
        )


class StaffForm(Own, forms.Form):
    """A new clerk."""

    login_name = forms.RegexField(
        rf"^{LOGIN_NAME}$",
        label=_("ログイン名"),
        help_text=_("半角の英数字と . _ - で3文字以上。例：nishi-hanako"),
        error_messages={
            "invalid": _("ログイン名は、半角の英数字と . _ - で3文字以上にしてください。")
        },
    )
    name = forms.CharField(label=_("お名前"), max_length=100, help_text=_("例：山田 花子"))
    kana = forms.CharField(
        label=_("ふりがな"), max_length=100, help_text=_("例：にしとうきょう はなこ")
    )
    work_email = forms.EmailField(
        label=_("職場のメールアドレス"),
        help_text=_(
            "はじめてのパスワードを決める番号を送ります。本人だけのアドレスにしてください。"
        ),
    )


class ClerkFileForm(Own, forms.Form):
    """A workbook of clerks. After it is valid: `rows`, `faults` (line, sentence) and the file's `name`."""

    file = forms.FileField(
        label=_("職員のファイル"),
        help_text=_(
            "「Excelに書き出す」で作ったファイル（.xlsx）を直したもの。CSVに保存したものも読めます。1MBまで。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[ClerkRow] = []
        self.faults: list[tuple[int, str]] = []
        self.name = ""

    def clean_file(self) -> Any:
        """Read the file; what is wrong with it as a whole is said beside the field."""
        uploaded = self.cleaned_data["file"]
        self.name = uploaded.name
        try:
            table = read_file(uploaded.read(LARGEST_CLERKS + 1), largest=LARGEST_CLERKS)
            self.rows, self.faults = read_rows(table)
        except TableRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return uploaded


def sealed_clerks(*, actor: str, rows: Sequence[ClerkRow], changes: Sequence[RowChange]) -> str:
    """The rows that change something, for this administrator's consent."""
    kept = [asdict(row) for row in rows]
    return consent.sealed(_CLERKS, actor, shown=[consent.print_of(changes), kept])


def opened_clerks(previewed: str, *, actor: str) -> tuple[list[ClerkRow], str]:
    """The rows and the print of their changes. Raises consent.NotConsented."""
    shown, rows = consent.opened(previewed, _CLERKS, actor)
    return [row_of(row) for row in rows], shown


class PostForm(Own, forms.Form):
    """A post to be given."""

    division = forms.ChoiceField(label=_("課"))
    title = forms.CharField(label=_("職名"), max_length=50, help_text=_("例：主任"))
    role = forms.ChoiceField(label=_("役割"))
    begins = forms.DateField(
        label=_("はじめの日"),
        help_text=_("例：2027-04-01"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    concurrent = forms.BooleanField(label=_("兼務（主な職がほかにある）"), required=False)

    def __init__(self, *args: Any, divisions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"] = forms.ChoiceField(label=_("課"), choices=divisions)
        self.fields["role"] = forms.ChoiceField(
            label=_("役割"),
            choices=[(role, _(words)) for role, words in ROLES.items()],
        )
