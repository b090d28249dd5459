"""Which addresses a process answers: a pure function of the zone (DESIGN 2a)."""

from functools import cache
from importlib import import_module
from types import ModuleType

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from ninja import NinjaAPI

from tsunagari.city import discovery
from tsunagari.kernel.answers.api import Readable, open_answer, refuse_in_words
from tsunagari.kernel.service import api as service
from tsunagari.kernel.service.declare import Engine, Service

Patterns = list[URLPattern | URLResolver]

PUBLIC_ZONES = ("public", "all")
STAFF_ZONES = ("internet", "lgwan", "mynumber", "all")

ABOUT_THE_API = """A city's plans, their figures and what was counted, as open data.

- Reading needs no key and is allowed from any site. Sending a figure needs a division's key: `Authorization: Bearer KEY`.
- Texts are in Japanese or English: `?lang=ja` or `?lang=en`; without it `Accept-Language` decides, else Japanese.
- Figures are decimal numbers written as strings, without padding; `null` says that a figure is not known, which is never 0.
- Years are fiscal years, named by the calendar year in which they begin in April.
- Every answer to reading carries an `ETag`; sent back as `If-None-Match`, what has not changed is answered by 304 without a body.
- Every refusal is an object with `detail`: a sentence in the reader's language that says what is wrong and what to do.
"""
TAGS = [
    {"name": "plans", "description": "Plans, their measures, indicators, targets and results."},
    {"name": "reports", "description": "Closed years as they were published, with their errata."},
    {
        "name": "meters",
        "description": "What was counted or loaded, by hour, day, month or fiscal year.",
    },
]


def public_pages() -> Patterns:
    """The pages of every room that has some, in each language: `urls.py` with its `app_name`."""
    mounted = [_mounted(import_module(name)) for name in public_modules()]
    at_root = [each for each in mounted if str(each.pattern) == ""]
    deeper = [each for each in mounted if str(each.pattern) != ""]
    # A room that answers any address below the root (the pages of the tree) comes after those that name theirs.
    return [*deeper, *reversed(at_root)]


def public_modules() -> list[str]:
    """The `urls.py` of every room that has pages for residents."""
    return [name for name in discovery.having("urls") if _is_room(name)]


def _is_room(name: str) -> bool:
    return name not in ("tsunagari.city.urls", "tsunagari.kernel.identity.urls")


def _mounted(module: ModuleType) -> URLResolver:
    return path(address_of(module.app_name, module), include(module))


def address_of(room: str, module: ModuleType) -> str:
    """Where a room's pages begin: a service's own word, else /services/<id>/; a room below /<id>/."""
    services = {each.id: each for each in service.services()}
    if room in services:
        return service_address(services[room])
    return getattr(module, "ADDRESS", f"{room}/")


def service_address(declared: Service) -> str:
    """The beginning of a service's addresses, without the first stroke; "" is the city's home."""
    return declared.address.lstrip("/") if declared.address else f"services/{declared.id}/"


@cache
def api() -> NinjaAPI:
    """The API: the `router` of every room's `endpoints.py`, under its ADDRESS or the room's name."""
    whole = NinjaAPI(
        title="つながり",
        version="1",
        description=ABOUT_THE_API,
        urls_namespace="api",
        docs_url=None,
        renderer=Readable(),
        openapi_extra={"tags": TAGS},
    )
    whole.add_decorator(open_answer, mode="view")
    refuse_in_words(whole)
    for name in discovery.having("endpoints"):
        room = import_module(name)
        whole.add_router(f"/{getattr(room, 'ADDRESS', name.split('.')[-2])}", room.router)
    return whole


def residents() -> Patterns:
    """What residents reach: pages in each language, the API, and their entrance."""
    return [
        path("api/", api().urls),
        path("i18n/", include("django.conf.urls.i18n")),
        *i18n_patterns(
            path("account/", include("tsunagari.kernel.identity.urls.residents")),
            *public_pages(),
            prefix_default_language=False,
        ),
    ]


def consoles(zone: str) -> list[str]:
    """The `console.py` modules that a zone shows: the kernel's everywhere where staff are, those of
    engines and services where they are declared to run, all in a trial's "all"."""
    if zone not in STAFF_ZONES:
        return []
    declared: dict[str, Engine | Service] = {
        **discovery.load_engines(),
        **discovery.load_services(),
    }
    elsewhere = {
        f"tsunagari.{folder.replace('/', '.')}.console"
        for folder, room in declared.items()
        if zone not in ("all", room.zone)
    }
    return [name for name in discovery.having("console") if name not in elsewhere]
