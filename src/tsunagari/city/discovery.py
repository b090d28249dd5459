"""Services and engines are found by their path: a new folder is all it takes."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.declare import Listener, Projection
from tsunagari.kernel.search.declare import Source
from tsunagari.kernel.service.declare import Engine, Service

PACKAGE = Path(__file__).resolve().parents[1]


def engine_apps() -> list[str]:
    """Dotted names of the engines, by folder: engines/<engine>/declare.py."""
    return [
        f"tsunagari.engines.{path.parent.name}"
        for path in sorted(PACKAGE.glob("engines/*/declare.py"))
    ]


def service_apps() -> list[str]:
    """Dotted names of the services, by folder: services/<field>/<service>/service.py."""
    return [
        f"tsunagari.services.{path.parent.parent.name}.{path.parent.name}"
        for path in sorted(PACKAGE.glob("services/*/*/service.py"))
    ]


def kernel_apps() -> list[str]:
    """Dotted names of the kernel's rooms."""
    return [
        f"tsunagari.kernel.{path.parent.name}"
        for path in sorted(PACKAGE.glob("kernel/*/__init__.py"))
    ]


def own_apps() -> list[str]:
    """Every app of this platform, bottom floor first."""
    return [*kernel_apps(), *engine_apps(), *service_apps(), "tsunagari.city"]


def having(module: str) -> list[str]:
    """Dotted names of that module in every own app that has it, for example "urls" or "console"."""
    return [f"{app}.{module}" for app in own_apps() if find_spec(f"{app}.{module}")]


def _folder(app: str) -> str:
    return app.removeprefix("tsunagari.").replace(".", "/")


def load_engines() -> dict[str, Engine]:
    """Each engine's declaration by its folder."""
    return {_folder(app): import_module(f"{app}.declare").engine for app in engine_apps()}


def load_services() -> dict[str, Service]:
    """Each service's declaration by its folder."""
    return {_folder(app): import_module(f"{app}.service").service for app in service_apps()}


def load_followers() -> tuple[list[Projection], list[Listener]]:
    """What follows the ledger: PROJECTIONS and LISTENERS of every tasks.py."""
    modules = [import_module(name) for name in having("tasks")]
    return (
        [each for module in modules for each in getattr(module, "PROJECTIONS", ())],
        [each for module in modules for each in getattr(module, "LISTENERS", ())],
    )


def load_sources() -> list[Source]:
    """What can be searched: SEARCHED of every tasks.py."""
    modules = [import_module(name) for name in having("tasks")]
    return [each for module in modules for each in getattr(module, "SEARCHED", ())]


def slice_words() -> dict[tuple[str, str], str]:
    """Words for what page views are told apart by: rooms, languages, and the pages that a room's
    urls.py names in PAGES ({"home": N_("ホーム")})."""
    rooms: list[Engine | Service] = [*load_engines().values(), *load_services().values()]
    words = {("service", room.id): room.title for room in rooms}
    words |= {("language", "ja"): N_("日本語"), ("language", "en"): N_("英語")}
    words |= {("language", "easy"): N_("やさしい日本語")}
    for name in having("urls"):
        pages = getattr(import_module(name), "PAGES", {})
        room = getattr(import_module(name), "app_name", "")
        words |= {("page", f"{room}.{page}"): title for page, title in pages.items()}
        if title := getattr(import_module(name), "TITLE", ""):
            words["service", room] = title
    for service in load_services().values():
        for part in service.parts:
            told: Mapping[str, str] = getattr(part, "page_words", {})
            words |= {("page", f"{service.id}.{page}"): title for page, title in told.items()}
    return words
