"""The service of the measurement: an event with an amount, and the counters that count it."""

from dataclasses import dataclass

from tsunagari.kernel.ledger.declare import Event
from tsunagari.kernel.metering.declare import Counter, Events
from tsunagari.kernel.service.declare import Service


@dataclass(frozen=True, kw_only=True)
class Measured(Event, name="load.measured"):
    """Something that a writer recorded."""

    channel: str
    amount: int


NUMBER = Counter(
    id="load.number",
    title="記録の数",
    unit="件",
    how="測定のために記録した出来事の数です。",
    counts=Events(name="load.measured"),
    dimensions=("channel",),
)
AMOUNT = Counter(
    id="load.amount",
    title="記録の量",
    unit="件",
    how="測定のために記録した出来事の量の合計です。",
    counts=Events(name="load.measured", amount="amount"),
)

service = Service(
    id="load",
    title="測定",
    purpose="負荷をかけて数を確かめます。",
    division="joho",
    zone="internet",
    meters=(NUMBER, AMOUNT),
)
