"""What a service, an engine and a part may say of themselves: frozen data, no Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from tsunagari.kernel.metering.declare import Meter

Zone = Literal["internet", "lgwan", "mynumber"]
"""Where the staff side runs in a city's three-layer network (三層の対策)."""


VIEW_HEADER = "X-Tsunagari-View"
"""Internal header of a public page's answer: "<service>;<page>;<language>;<division>;<subject>". The edge takes
it off every answer and counts."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a view says of the page it answers with, where that is more than its address's name tells.

    `service` is the service to which it belongs, `page` its kind, `division` who answers for it, `subject` its
    public id. Set it as `response.seen`.
    """

    service: str
    page: str
    division: str = ""
    subject: str = ""


class Part(Protocol):
    """What a service takes from an engine, for example a booking rule or a message."""

    @property
    def engine(self) -> str:
        """The id of the engine that carries the part out."""
        ...

    def errors(self) -> Iterator[str]:
        """Sentences that name what is wrong with the part and the mend; none when it is right."""
        ...


@dataclass(frozen=True, kw_only=True)
class Engine:
    """One engine's word about itself, in its `declare.py` under the name `engine`.

    `id` is stable and survives a move of folder. `title` and `purpose` are Japanese, marked with N_.
    """

    id: str
    title: str
    purpose: str
    zone: Zone


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service of the city's plan, in its `service.py` under the name `service`.

    `id` is stable: addresses, meters and events carry it. `title` and `purpose` are Japanese, marked
    with N_. `division` is the code of a division in the city pack. `measures` names the plan rows it
    serves, as the city pack numbers them ("P/2"). `face_to_face` names the counterpart met in person
    (顔を合わせる関係, third plan 3.1); empty where there is none. `address` is where its public
    pages begin; empty when it has none.
    """

    id: str
    title: str
    purpose: str
    division: str
    zone: Zone
    measures: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    meters: tuple[Meter, ...] = ()
    face_to_face: str = ""
    address: str = ""
