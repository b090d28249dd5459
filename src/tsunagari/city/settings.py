"""Settings of this installation, made from the environment (environment.py) and the folders that stand here."""

from logging import LogRecord
from typing import Any

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF

from tsunagari.city import discovery, environment

django_stubs_ext.monkeypatch()

ROOT = environment.ROOT
DATA = environment.data_folder()
CITY = environment.value("CITY")
CITY_PACK = ROOT / "cities" / CITY
ZONE = environment.value("ZONE")

DEBUG = environment.flag("DEBUG")
SECURE = environment.flag("SECURE")
environment.check_https(secure=SECURE, debug=DEBUG)
TRACE = environment.flag("TRACE")
METRICS_TOKEN = environment.metrics_token()
LEDGER_YEARS = environment.ledger_years()
READ_ONLY = environment.flag("READ_ONLY")
KEPT_BYTES = environment.kept_bytes()
SECRET_KEY = environment.secret_key(DATA)
ALLOWED_HOSTS = environment.hosts(debug=DEBUG)

INSTALLED_APPS = [
    "tsunagari.city",
    *discovery.service_apps(),
    *discovery.engine_apps(),
    *discovery.kernel_apps(),
    "django_tasks",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.contrib.table_block",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "tsunagari.kernel.edge.page_names.PageNames",
    "tsunagari.kernel.edge.refusing_writes.RefuseWrites",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tsunagari.kernel.service.middleware.ViewMark",
    "tsunagari.kernel.identity.entrance.middleware.EntranceMiddleware",
    "tsunagari.kernel.identity.entrance.middleware.EntranceSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tsunagari.kernel.design.easy.EasyWhereItExists",
    "django.middleware.common.CommonMiddleware",
    "tsunagari.kernel.answers.middleware.InOneShape",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tsunagari.kernel.identity.entrance.middleware.KindMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tsunagari.kernel.identity.entrance.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "tsunagari.city.urls"
STAFF_URLCONF = "tsunagari.city.urls_staff"
WSGI_APPLICATION = "tsunagari.city.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "tsunagari.kernel.design.loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "tsunagari.kernel.design.context.design",
                "tsunagari.kernel.identity.entrance.context.entrance",
            ],
        },
    },
]

COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "tsunagari.kernel.design.forms.Renderer"

DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ja"
# Every screen exists in the first two; pages that have an easy version also in easy Japanese (kernel/design/easy.py).
SCREEN_LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGES = [*SCREEN_LANGUAGES, ("easy", "やさしい日本語")]
LOCALE_PATHS = [ROOT / "src/tsunagari/city/locale"]  # over Wagtail's own, also for its scripts
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tsunagari.kernel.design.static_names.HashedNames"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STATICFILES_DIRS = [
    ("tokens", ROOT / "node_modules/@digital-go-jp/design-tokens/dist"),
    ("noto", ROOT / "node_modules/@fontsource-variable/noto-sans-jp"),
    ("htmx", ROOT / "node_modules/htmx.org/dist"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tsunagari.kernel.design.package_files.PackageFiles",
]
MAP_FILES = ("maplibre-gl-csp.js", "maplibre-gl-csp-worker.js", "maplibre-gl.css", "LICENSE.txt")
STATIC_PACKAGE_FILES = [("maplibre", ROOT / "node_modules/maplibre-gl/dist", MAP_FILES)]
MAP_TILES, MAP_CREDIT = environment.map_tiles()
ICONS = ROOT / "node_modules/@material-symbols/svg-400/outlined"
PAPER_FONTS = ROOT / "node_modules/@expo-google-fonts/noto-sans-jp"

# Accounts and entrances (kernel/identity). A count of attempts must hold for all processes together:
# it lives in the database, or in Redis where several machines share one.
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["tsunagari.kernel.identity.entrance.backends.EntranceBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login_name", "email", "work_email", "name", "kana")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CACHES = environment.caches()
DEMO = environment.flag("DEMO")
CHECK_LINKS = environment.flag("CHECK_LINKS")
EMAIL_BACKEND, EMAIL_SERVER = environment.mail()
vars().update(EMAIL_SERVER)
EMAIL_FILE_PATH = str(DATA / "mail")
DEFAULT_FROM_EMAIL = environment.value("MAIL_FROM")
SESSION_ENGINE = "tsunagari.kernel.identity.entrance.stores"
# The prefixes make browsers refuse such a cookie from http or from a neighbouring host (RFC 6265bis).
SESSION_COOKIE_NAME = "__Host-tsunagari" if SECURE else "tsunagari"
STAFF_COOKIE_NAME = "__Secure-tsunagari_staff" if SECURE else "tsunagari_staff"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "identity_home"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies()
ACCOUNT_ADAPTER = "tsunagari.kernel.identity.entrance.adapters.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "add_email": "tsunagari.kernel.identity.forms.AddEmailForm",
    "change_password": "tsunagari.kernel.identity.forms.ChangePasswordForm",
    "confirm_email_verification_code": "tsunagari.kernel.identity.forms.ConfirmEmailCodeForm",
    "confirm_login_code": "tsunagari.kernel.identity.forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "tsunagari.kernel.identity.forms.ConfirmResetCodeForm",
    "login": "tsunagari.kernel.identity.forms.LoginForm",
    "reauthenticate": "tsunagari.kernel.identity.forms.ReauthenticateForm",
    "request_login_code": "tsunagari.kernel.identity.forms.RequestLoginCodeForm",
    "reset_password": "tsunagari.kernel.identity.forms.ResetPasswordForm",
    "reset_password_from_key": "tsunagari.kernel.identity.forms.ResetPasswordKeyForm",
    "set_password": "tsunagari.kernel.identity.forms.SetPasswordForm",
    "signup": "tsunagari.kernel.identity.forms.SignupForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_name"
MFA_ADAPTER = "tsunagari.kernel.identity.entrance.adapters.MfaAdapter"
MFA_FORMS = {
    "activate_totp": "tsunagari.kernel.identity.forms.ActivateTotpForm",
    "add_webauthn": "tsunagari.kernel.identity.forms.AddPasskeyForm",
    "authenticate": "tsunagari.kernel.identity.forms.AuthenticateForm",
    "edit_webauthn": "tsunagari.kernel.identity.forms.EditPasskeyForm",
    "reauthenticate": "tsunagari.kernel.identity.forms.MfaReauthenticateForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SOCIALACCOUNT_ADAPTER = "tsunagari.kernel.identity.entrance.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_providers()}}
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_STAFF_ACR = [word for word in environment.value("OIDC_STAFF_ACR").split(",") if word]

TASKS = {"default": {"BACKEND": "tsunagari.kernel.jobs.api.DatabaseBackend"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *environment.openid_origins()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE

WAGTAIL_SITE_NAME = "つながり"
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "content.Attachment"
WAGTAILADMIN_BASE_URL = (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if SECURE else "http://localhost:8000"
)
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "mp4",
    "odt",
    "ods",
    "pdf",
    "pptx",
    "txt",
    "vtt",
    "xlsx",
    "zip",
]
LARGEST_VIDEO = environment.largest_video()
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "tsunagari.engines.content.forms.uploads.AttachmentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "tsunagari.engines.content.forms.uploads.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
# AVIF of 960 pixels takes 0.7 s of a processor, so only the worker makes it (docs/guide/import-a-site.md).
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILIMAGES_WEBP_QUALITY = 74
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAIL_FINISH_WORKFLOW_ACTION = "tsunagari.engines.content.actions.finish_approval.finish_approval"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None


def _in_one_line(record: LogRecord) -> bool:
    """A strange request is told in a line; where Django refused it is the same for all, and floods the log."""
    record.exc_info = None
    return True


LOG_FORM = environment.log_form()
# Errors of pages go to the error stream, whoever runs the process keeps it. Lines hold no personal data.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "tsunagari.kernel.logs.api.TextLines", "whole": DEBUG},
        "json": {"()": "tsunagari.kernel.logs.api.JsonLines"},
    },
    "filters": {"in_one_line": {"()": "django.utils.log.CallbackFilter", "callback": _in_one_line}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORM},
        "stderr_brief": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORM,
            "filters": ["in_one_line"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {"handlers": ["stderr_brief"], "propagate": False},
        "tsunagari.access": {"level": "INFO" if LOG_FORM == "json" else "WARNING"},
        "tsunagari.jobs": {"level": "INFO"},
        "tsunagari.trace": {"level": "INFO"},
    },
}
