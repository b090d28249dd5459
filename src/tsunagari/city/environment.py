"""What an installation may set from outside: one documented list, read once, refused in a sentence."""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
"""The checkout: where `cities/`, `node_modules/` and `var/` stand."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One environment variable: its name without the prefix TSUNAGARI_, default and meaning."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        name="CHECK_LINKS",
        default="",
        meaning="1 lets the worker ask every night whether the addresses of other sites to which pages lead still live; empty: nothing is asked unless the office of the website presses the button.",
    ),
    Variable(
        name="CITY",
        default="nishitokyo",
        meaning="The folder under cities/ that holds this city's pack.",
    ),
    Variable(
        name="DATABASE_URL",
        default="",
        meaning="postgresql://user:password@host:port/name, with ?sslmode=verify-full for another machine; empty: SQLite in the data folder.",
    ),
    Variable(
        name="DATA",
        default=str(ROOT / "var"),
        meaning="Folder for the database file, uploads and keys; where it is not set, another city than the default one has a folder of its own name in it.",
    ),
    Variable(
        name="DEBUG", default="", meaning="1 shows errors in the browser. Never on a public host."
    ),
    Variable(
        name="DEMO",
        default="",
        meaning="1 allows accounts with passwords that everybody knows. Never for a real city.",
    ),
    Variable(
        name="HOSTS",
        default="localhost,127.0.0.1,[::1]",
        meaning="Host names that are answered, with commas between.",
    ),
    Variable(
        name="KEPT_MEGABYTES",
        default="64",
        meaning="How much memory each server process may take for public pages that it keeps and answers by itself; 0 keeps none.",
    ),
    Variable(
        name="LEDGER_YEARS",
        default="5",
        meaning="For how many whole fiscal years after the one in which it was sealed a batch of the ledger is kept; then a daily job empties it. 0 keeps everything.",
    ),
    Variable(
        name="LOG",
        default="text",
        meaning="How lines on the error stream look: text for eyes, or json, one object a line with a line for each request. Neither names a person.",
    ),
    Variable(
        name="MAIL_FROM",
        default="tsunagari@localhost",
        meaning="The address from which mail is sent.",
    ),
    Variable(
        name="MAIL_URL",
        default="",
        meaning="smtp://user:password@host:port; empty: mails are written to files in the data folder.",
    ),
    Variable(
        name="MAP_CREDIT",
        default="",
        meaning="Whose map it is, as its terms want it said: words, a space, and the address where they stand: 地理院タイル https://maps.gsi.go.jp/development/ichiran.html. Needed where MAP_TILES is set.",
    ),
    Variable(
        name="MAP_TILES",
        default="",
        meaning="Where pictures of a map are fetched when a reader presses 地図を表示する: https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png, or /tiles/{z}/{x}/{y}.png where the city's own proxy answers with them. Empty: pages show no such button, and no reader's browser asks another host.",
    ),
    Variable(
        name="METRICS_TOKEN",
        default="",
        meaning="At least 20 random characters that Prometheus shows to read /metrics; empty: /metrics is open to this machine only.",
    ),
    Variable(
        name="OIDC_RESIDENTS",
        default="",
        meaning="Address of an OpenID provider for residents, written like OIDC_STAFF; empty: none.",
    ),
    Variable(
        name="OIDC_STAFF",
        default="",
        meaning="Address of the city's OpenID provider for staff, with client id and secret: https://id:secret@host/path; empty: none.",
    ),
    Variable(
        name="OIDC_STAFF_ACR",
        default="",
        meaning="Words of acr, with commas between, by which that provider says that it asked for a second factor (amr mfa is understood anyway).",
    ),
    Variable(
        name="PROXIES",
        default="0",
        meaning="How many reverse proxies stand before the site: X-Forwarded-For, X-Forwarded-Proto and X-Request-ID are believed from there. They must set them themselves.",
    ),
    Variable(
        name="READ_ONLY",
        default="",
        meaning="1 for read-only mode: pages are read, nothing is sent or saved, and kept pages are answered even when the database is away.",
    ),
    Variable(
        name="REDIS_URL",
        default="",
        meaning="redis://host:port/0 where several machines share the cache; empty: each has its own.",
    ),
    Variable(
        name="SECRET_KEY",
        default="",
        meaning="At least 50 random characters; empty: one is made and kept in the data folder.",
    ),
    Variable(
        name="SECURE",
        default="",
        meaning="1 where the site is reached by https, through a proxy: http is sent on, cookies are marked secure and HSTS is sent.",
    ),
    Variable(name="TRACE", default="", meaning="1 prints what each event sets going."),
    Variable(
        name="VIDEO_MEGABYTES",
        default="15",
        meaning="How large a video (MP4) a clerk may put up. Above 15 the proxy must take as much below /console/documents/ (client_max_body_size).",
    ),
    Variable(
        name="ZONE",
        default="all",
        meaning="What this process mounts: public, lgwan, internet, mynumber or all.",
    ),
)


def value(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The value of one documented variable, or its default."""
    variable = next(variable for variable in VARIABLES if variable.name == name)
    return environ.get(f"TSUNAGARI_{name}", "") or variable.default


def flag(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    """A variable that is on with "1" and off when empty; any other word is refused."""
    text = value(name, environ)
    if text not in ("", "0", "1"):
        raise ImproperlyConfigured(
            f"TSUNAGARI_{name} is {text!r}; write 1 for on or leave it empty."
        )
    return text == "1"


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where this installation keeps its data; two cities tried out in one checkout never share it."""
    folder, city = Path(value("DATA", environ)), value("CITY", environ)
    usual = next(variable.default for variable in VARIABLES if variable.name == "CITY")
    return folder if environ.get("TSUNAGARI_DATA") or city == usual else folder / city


SHORTEST_KEY = 50
"""Characters of a secret key: sessions, previews and the seals of second factors rest on it."""


def secret_key(data: Path) -> str:
    """The key given, or one made once and kept beside the database, readable by its owner only."""
    given = value("SECRET_KEY")
    if given:
        if len(given) < SHORTEST_KEY:
            raise ImproperlyConfigured(
                f"TSUNAGARI_SECRET_KEY has {len(given)} characters; write at least {SHORTEST_KEY} random ones, or leave it empty."
            )
        return given
    kept = data / "secret_key"
    try:
        if not kept.exists():
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_key(kept)
        return kept.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {data} cannot be used ({error.strerror}): check its rights and the space on the disk, or name another in TSUNAGARI_DATA."
        ) from error


def _make_key(kept: Path) -> None:
    """Write the key whole and once: of several processes that start together, all keep the first's."""
    descriptor, draft = tempfile.mkstemp(dir=kept.parent, prefix="secret_key.")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):
        kept.hardlink_to(draft)
    Path(draft).unlink()


def hosts(*, debug: bool) -> list[str]:
    """The host names that are answered; "any" is refused, for addresses are made from the name asked for."""
    names = [name.strip() for name in value("HOSTS").split(",") if name.strip()]
    if "*" in names and not debug:
        raise ImproperlyConfigured(
            "TSUNAGARI_HOSTS is * for any name; write the names by which the site is reached, with commas between."
        )
    return names


def proxies() -> int:
    """How many reverse proxies stand before the site."""
    text = value("PROXIES")
    if not text.isdecimal():
        raise ImproperlyConfigured(
            f"TSUNAGARI_PROXIES is {text!r}; write how many stand before the site, 0 for none."
        )
    return int(text)


LOG_FORMS = ("text", "json")
SHORTEST_TOKEN = 20
"""Characters of the token for /metrics."""


def log_form() -> str:
    """How lines of the log look: "text" or "json"."""
    form = value("LOG")
    if form not in LOG_FORMS:
        raise ImproperlyConfigured(
            f"TSUNAGARI_LOG is {form!r}; write text, or json for one object a line."
        )
    return form


def metrics_token() -> str:
    """The token that opens /metrics to other machines; "" when only this machine may read it."""
    token = value("METRICS_TOKEN")
    if token and (len(token) < SHORTEST_TOKEN or not token.isascii() or " " in token):
        raise ImproperlyConfigured(
            f"TSUNAGARI_METRICS_TOKEN must be at least {SHORTEST_TOKEN} random letters and digits without spaces; or leave it empty, then /metrics is open to this machine only."
        )
    return token


def is_given(name: str) -> bool:
    """Whether the installation sets a variable itself."""
    return bool(os.environ.get(f"TSUNAGARI_{name}", ""))


def for_child(**more: str) -> dict[str, str]:
    """What another programme is started with: this environment without our own settings and secrets."""
    plain = {name: held for name, held in os.environ.items() if not name.startswith("TSUNAGARI_")}
    return plain | more


def measure_together() -> None:
    """Let the processes of this server put what they measure into one folder, gone when the server ends.

    The Prometheus client decides by this variable at its import, so it is called before Django starts.
    """
    folder = tempfile.mkdtemp(prefix="tsunagari-measured-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    parent = os.getpid()

    def clear() -> None:
        if os.getpid() == parent:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(clear)


def ledger_years(environ: Mapping[str, str] = os.environ) -> int:
    """Fiscal years for which the ledger is kept; 0 for ever."""
    text = value("LEDGER_YEARS", environ)
    if not text.isdecimal() or int(text) > 100:
        raise ImproperlyConfigured(
            f"TSUNAGARI_LEDGER_YEARS is {text!r}; write a number of fiscal years up to 100, 0 to keep everything."
        )
    return int(text)


def kept_bytes(environ: Mapping[str, str] = os.environ) -> int:
    """Bytes of memory that each server process may take for kept pages; 0 keeps none."""
    text = value("KEPT_MEGABYTES", environ)
    if not text.isdecimal() or int(text) > 100_000:
        raise ImproperlyConfigured(
            f"TSUNAGARI_KEPT_MEGABYTES is {text!r}; write megabytes for each server process, for example 64; 0 keeps no page."
        )
    return int(text) * 1024 * 1024


def check_https(*, secure: bool, debug: bool) -> None:
    """Refuse https without a proxy (the server speaks http only), and errors shown on a public host."""
    if secure and proxies() == 0:
        raise ImproperlyConfigured(
            "TSUNAGARI_SECURE is 1 but TSUNAGARI_PROXIES is 0: https needs a proxy before the site; write how many there are."
        )
    if secure and debug:
        raise ImproperlyConfigured(
            "TSUNAGARI_DEBUG and TSUNAGARI_SECURE are both 1: errors shown in the browser tell secrets; leave TSUNAGARI_DEBUG empty."
        )


def database(data: Path) -> dict[str, Any]:
    """Django's settings of the one database: PostgreSQL by address, else SQLite (WAL, IMMEDIATE)."""
    address = value("DATABASE_URL")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "tsunagari.sqlite3",
            # A file, because tests with several connections need WAL as the real thing has it.
            "TEST": {"NAME": str(data / "test.sqlite3")},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "TSUNAGARI_DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": _encryption(parts.query),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _encryption(query: str) -> dict[str, str]:
    """How the way to PostgreSQL is encrypted (libpq's sslmode and sslrootcert)."""
    wanted = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(wanted.keys() - {"sslmode", "sslrootcert"}):
        raise ImproperlyConfigured(
            f"TSUNAGARI_DATABASE_URL says {unknown[0]!r}, which is not known here; after ? may stand sslmode and sslrootcert."
        )
    return wanted


def caches() -> dict[str, dict[str, Any]]:
    """Django's caches: "default" is shared by all processes, "local" is each process's own memory."""
    redis = value("REDIS_URL")
    shared: dict[str, Any] = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Django's 300 would let a flood of addresses wash the counts of attempts away.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
    if redis:
        shared = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis}
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"}
    return {"default": shared, "local": local}


def mail() -> tuple[str, dict[str, Any]]:
    """Django's mail backend and its settings: a server by address, else files in the data folder."""
    address = value("MAIL_URL")
    if not address:
        return "django.core.mail.backends.filebased.EmailBackend", {}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "TSUNAGARI_MAIL_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465."
        )
    return "django.core.mail.backends.smtp.EmailBackend", {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


def openid_providers() -> list[dict[str, Any]]:
    """The OpenID providers of the two entrances, as the login library wants them."""
    named = (
        ("OIDC_STAFF", "staff", "職員の共通ログイン"),
        ("OIDC_RESIDENTS", "residents", "共通ログイン"),
    )
    return [
        _openid_provider(name, entrance, title) for name, entrance, title in named if value(name)
    ]


def _openid_provider(name: str, entrance: str, title: str) -> dict[str, Any]:
    parts = urlsplit(value(name))
    local = parts.hostname in ("localhost", "127.0.0.1")
    if not parts.username or not parts.password or not (parts.scheme == "https" or local):
        raise ImproperlyConfigured(
            f"TSUNAGARI_{name} must look like https://client-id:secret@host/path (https: the answer is trusted as it comes)."
        )
    place = parts.netloc.rpartition("@")[2]
    return {
        "provider_id": entrance,
        "name": title,
        "client_id": unquote(parts.username),
        "secret": unquote(parts.password),
        "settings": {
            "server_url": f"{parts.scheme}://{place}{parts.path}",
            "oauth_pkce_enabled": True,
            "entrance": entrance,
        },
    }


def largest_video(environ: Mapping[str, str] = os.environ) -> int:
    """Bytes of the largest video that a clerk may put up."""
    text = value("VIDEO_MEGABYTES", environ)
    if not text.isdecimal() or not 1 <= int(text) <= 2000:
        raise ImproperlyConfigured(
            f"TSUNAGARI_VIDEO_MEGABYTES is {text!r}; write megabytes from 1 to 2000."
        )
    return int(text) * 1024 * 1024


def map_tiles(environ: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """The address of a map's pictures and whose map it is; ("", "") for none. Refuses one without the other."""
    tiles, credit = value("MAP_TILES", environ), value("MAP_CREDIT", environ)
    if not tiles:
        return "", ""
    if not tiles.startswith(("https://", "/")) or tiles.startswith("//"):
        raise ImproperlyConfigured(
            f"TSUNAGARI_MAP_TILES is {tiles!r}; begin it with https://, or with / for this site."
        )
    if not all(part in tiles for part in ("{z}", "{x}", "{y}")) or set(" ;,") & set(tiles):
        raise ImproperlyConfigured(
            f"TSUNAGARI_MAP_TILES is {tiles!r}; it must hold {{z}}, {{x}} and {{y}}, and neither space nor ; nor ,."
        )
    words, _, address = credit.rpartition(" ")
    if not words or not address.startswith("https://"):
        raise ImproperlyConfigured(
            f"TSUNAGARI_MAP_CREDIT is {credit!r}; write whose map it is, a space, and the https:// address of its terms."
        )
    return tiles, credit


def openid_origins() -> list[str]:
    """Where a sign-in form may lead (CSP form-action): the origins of the OpenID providers."""
    return [
        "{0.scheme}://{0.netloc}".format(urlsplit(provider["settings"]["server_url"]))
        for provider in openid_providers()
    ]
