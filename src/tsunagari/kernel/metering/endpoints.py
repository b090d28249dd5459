"""The meters' API: figures for everyone, and monthly figures taken in with a division's key."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

from tsunagari.kernel.answers.api import Figure, Lang, RefusedOut, Shape
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import DivisionKey, KeyHolder
from tsunagari.kernel.metering import api
from tsunagari.kernel.metering.declare import Loaded, Meter
from tsunagari.kernel.metering.rules import YEARS, Grain, figures_in

ADDRESS = "meters"
SCOPE = "figures:load"
LARGEST = 1024 * 1024
"""Bytes of the largest message of figures: a hundred years of months fit many times."""

AS_OFTEN = "60/m"
"""Messages that one key may send; monthly figures need one a month."""

MISFIT = {422: RefusedOut}
MISSING = {404: RefusedOut, **MISFIT}
REFUSALS = dict.fromkeys((401, 403, 404, 413, 422, 429), RefusedOut)

router = Router(tags=["meters"])

MeterId = Annotated[
    str,
    Path(description="The meter's id, as /api/meters/ lists it.", examples=["website.page_views"]),
]


class MeterOut(Shape):
    """One meter."""

    id: str
    """Its id; its word in addresses."""
    kind: str
    """Counter (events), Gauge (a state, kept daily), Ratio (of two), Loaded (from outside), or Sum (of parts)."""
    title: str
    """Its name."""
    unit: str
    """What it counts in."""
    how: str
    """How it counts, in a sentence."""
    accumulation: Literal["flow", "stock"]
    """Whether periods add up (flow) or the last one stands (stock)."""


class RecountOut(Shape):
    """What the last recount found: the sums of [first_day, last_day] as they stood, and as counted anew
    from the records."""

    meter: str
    """The meter that was counted: of a Ratio or a Sum the part that agreed least."""
    checked_at: datetime
    """When it was counted."""
    first_day: date
    """The first day that was counted, in Japan."""
    last_day: date
    """The last day that was counted, in Japan."""
    agreed: bool
    """Whether all sums agreed."""
    compared: int
    """How many sums were compared."""
    differing: int
    """How many of them did not agree."""
    held: int
    """The sum of all as they stood."""
    counted: int
    """The sum of all as counted anew."""
    words: str
    """The same in a sentence."""


class MeterWithRecountOut(MeterOut):
    """One meter with its last recount."""

    last_recount: RecountOut | None
    """The last recount; null: none was done yet, or none can be."""


class FigureOut(Shape):
    """One period's figure."""

    start: datetime
    """The period's first moment, in UTC."""
    grain: Grain
    """How long the period is."""
    value: Figure | None
    """The figure in the meter's unit; null: nothing is known, which is never 0."""
    numerator: Figure | None
    """The numerator of a ratio."""
    denominator: Figure | None
    """The denominator of a ratio."""
    origin: str
    """Where it came from: metered, loaded or summed."""
    as_of: datetime | None
    """Up to when it was counted."""


class Window(Schema):
    """Which figures of a meter are asked for."""

    grain: Annotated[
        Grain,
        Query(description="How long each period is; years begin in April.", examples=["month"]),
    ]
    start: Annotated[
        datetime,
        Query(
            description="The first moment, with its time zone; in an address + is written %2B.",
            examples=["2026-04-01T00:00:00+09:00"],
        ),
    ]
    end: Annotated[
        datetime,
        Query(
            description="The moment after the last, with its time zone.",
            examples=["2027-04-01T00:00:00+09:00"],
        ),
    ]


class LoadedOut(Shape):
    """What a loading did."""

    changed: int
    """Months that changed."""
    unchanged: int
    """Months that stood already."""
    message: str
    """The same in a sentence."""


@router.get(
    "/", response={200: list[MeterOut], **MISFIT}, summary="Every meter of this installation"
)
def meters(request: HttpRequest, lang: Lang = None) -> list[MeterOut]:
    """Every meter, with how it counts."""
    return [_meter_out(meter) for meter in api.declared()]


@router.get(
    "/{meter_id}",
    response={200: MeterWithRecountOut, **MISSING},
    summary="One meter and its last recount",
)
def meter(request: HttpRequest, meter_id: MeterId, lang: Lang = None) -> MeterWithRecountOut:
    """How one meter counts, and whether its sums agreed when they were last counted anew."""
    found = _meter(meter_id)
    return MeterWithRecountOut(**_meter_out(found).dict(), last_recount=_recount_out(found))


@router.get(
    "/{meter_id}/figures",
    response={200: list[FigureOut], **MISSING},
    summary="Figures of one meter",
)
def figures(
    request: HttpRequest, meter_id: MeterId, window: Query[Window], lang: Lang = None
) -> list[FigureOut]:
    """Every period that begins in [start, end); at most 1,000 at once."""
    _meter(meter_id)
    grain, start, end = window.grain, window.start, window.end
    if start.tzinfo is None or end.tzinfo is None:
        raise HttpError(
            422, _("時刻にはタイムゾーンを付けてください（例：2026-04-01T00:00:00+09:00）。")
        )
    if start.year not in YEARS or end.year not in YEARS:
        raise HttpError(422, _("取り出せるのは1900年から2199年までです。期間を確かめてください。"))
    longest = {"hour": 1000 / 24, "day": 1000, "month": 30_000, "fiscal_year": 40_000}[grain]
    if not 0 <= (end - start).total_seconds() <= longest * 86_400:
        raise HttpError(422, _("一度に取り出せるのは1,000期間までです。期間を短くしてください。"))
    return [
        FigureOut(
            start=point.start,
            grain=point.grain,
            value=point.figure.value,
            numerator=point.figure.numerator,
            denominator=point.figure.denominator,
            origin=point.figure.origin,
            as_of=point.figure.as_of,
        )
        for point in api.series(meter_id, grain=grain, start=start, end=end)
    ]


@router.post(
    "/{meter_id}/figures",
    auth=DivisionKey(),
    throttle=[AuthRateThrottle(AS_OFTEN)],
    response={200: LoadedOut, **REFUSALS},
    summary="Load monthly figures from a CSV file",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A row of headings, then a row for each month.",
            "content": {
                "text/csv": {
                    "schema": {"type": "string"},
                    "example": "年月,交付枚数(累計)\n2026年9月,165000\n",
                }
            },
        }
    },
)
def load(
    request: HttpRequest, meter_id: MeterId, lang: Lang = None
) -> Status[LoadedOut] | Status[RefusedOut]:
    """Take in a CSV file (UTF-8, UTF-16 or CP932). The same file twice changes nothing."""
    holder: KeyHolder = request.auth  # type: ignore[attr-defined]  # set by ninja after DivisionKey
    meter = _meter(meter_id)
    if not isinstance(meter, Loaded):
        return Status(422, RefusedOut(detail=_("この数値は自動で数えているため、取り込めません。")))
    if not holder.may(SCOPE) or holder.division != meter.division:
        return Status(
            403,
            RefusedOut(
                detail=_("この鍵では、この数値を取り込めません。担当する課の鍵を使ってください。")
            ),
        )
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return Status(
            413, RefusedOut(detail=_("ファイルが大きすぎます（1MBまで）。年ごとに分けてください。"))
        )
    giver = api.Giver(actor=holder.key, division=holder.division, way="api")
    try:
        outcome = api.load_figures(
            meter=meter, figures=figures_in(request.body, meter), giver=giver, clock=system_clock
        )
    except api.Refused as refused:
        return Status(422, RefusedOut(detail=str(refused)))
    return Status(
        200,
        LoadedOut(
            changed=len(outcome.changes), unchanged=outcome.unchanged, message=outcome.message
        ),
    )


def _meter(meter_id: str) -> Meter:
    try:
        return api.declared_meter(meter_id)
    except KeyError as missing:
        raise HttpError(404, _("その名前の数値はありません。")) from missing


def _meter_out(meter: Meter) -> MeterOut:
    return MeterOut(
        id=meter.id,
        kind=type(meter).__name__,
        title=_(meter.title),
        unit=said(meter.unit),
        how=_(meter.how),
        accumulation=meter.accumulation,
    )


def _recount_out(meter: Meter) -> RecountOut | None:
    found = api.last_recount(meter.id)
    words = api.recount_words(meter.id, found)
    if found is None or words is None:
        return None
    return RecountOut(
        meter=found.meter,
        checked_at=found.checked_at,
        first_day=found.first_day,
        last_day=found.last_day,
        agreed=found.agreed,
        compared=found.compared,
        differing=found.differing,
        held=found.held,
        counted=found.counted,
        words=words.result,
    )
