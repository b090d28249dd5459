"""The door: declarations are checked when they are loaded, and refused in one sentence."""

from collections.abc import Mapping

from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.service.declare import Engine, Service

_ENGINES: dict[str, Engine] = {}
_SERVICES: dict[str, Service] = {}

ZONES = ("internet", "lgwan", "mynumber")

LONGEST_NAME = 50
"""Letters of an id that the tables of views hold."""


class Refused(ValueError):
    """A declaration may not come in; the message names the culprit and the mend."""


def open_door(*, engines: Mapping[str, Engine], services: Mapping[str, Service]) -> None:
    """Take in every declaration, keyed by its folder ("services/voice/website").

    Raises Refused in one sentence that begins with the folder and ends with what to do.
    """
    _ENGINES.clear()
    _SERVICES.clear()
    for where, engine in engines.items():
        _check_name(where, engine.id, _ENGINES)
        _check_words(where, engine)
        _ENGINES[engine.id] = engine
    for where, service in services.items():
        _check_name(where, service.id, {**_ENGINES, **_SERVICES})
        _check_words(where, service)
        _check_parts(where, service)
        _SERVICES[service.id] = service
    try:
        metering.declare(
            {where: service.meters for where, service in services.items()},
            owners={where: service.id for where, service in services.items()},
        )
    except metering.Refused as fault:
        raise Refused(str(fault)) from fault


def _check_name(where: str, name: str, taken: Mapping[str, Engine | Service]) -> None:
    if not name.isidentifier() or not name.islower() or len(name) > LONGEST_NAME:
        raise Refused(
            f"{where}: id {name!r} is not a word; use small letters, digits and _, at most {LONGEST_NAME} (it stands in addresses and figures for ever)."
        )
    if name in taken:
        raise Refused(f"{where}: id {name!r} is taken by another declaration; choose another.")


def _check_words(where: str, what: Engine | Service) -> None:
    for field in ("title", "purpose"):
        if not getattr(what, field).strip():
            raise Refused(
                f"{where}: {field} is empty; write it in Japanese with N_(…), it is shown to people."
            )
    if what.zone not in ZONES:
        raise Refused(f"{where}: zone {what.zone!r} does not exist; there are: {', '.join(ZONES)}.")


def _check_parts(where: str, service: Service) -> None:
    if not service.division:
        raise Refused(
            f"{where}: division is empty; name the code of the division that runs it, as in the city pack."
        )
    for part in service.parts:
        if part.engine not in _ENGINES:
            raise Refused(
                f"{where}: part {type(part).__name__} needs engine {part.engine!r}; there are: {', '.join(_ENGINES)}."
            )
        for fault in part.errors():
            raise Refused(f"{where}: {fault}")


def services() -> tuple[Service, ...]:
    """Every service taken in, in the order of their folders."""
    return tuple(_SERVICES.values())


def engines() -> tuple[Engine, ...]:
    """Every engine taken in, in the order of their folders."""
    return tuple(_ENGINES.values())


def service(service_id: str) -> Service:
    """One service; KeyError in a sentence when there is none."""
    if service_id not in _SERVICES:
        raise KeyError(f"there is no service {service_id!r}; there are: {', '.join(_SERVICES)}")
    return _SERVICES[service_id]
