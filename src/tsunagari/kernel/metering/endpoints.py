"""The meters' API: figures for everyone, and monthly figures taken in with a division's key."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

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

router = Router(tags=["meters"])


class MeterOut(Schema):
    """One meter. `accumulation` says whether periods add up (flow) or the last one stands (stock)."""

    id: str
    kind: str
    title: str
    unit: str
    how: str
    accumulation: Literal["flow", "stock"]


class RecountOut(Schema):
    """What the last recount found: the sums of [first_day, last_day] as they stood (`held`) and as
    counted anew from the records; `differing` of `compared` sums did not agree. `meter` is the one that
    was counted: of a Ratio or a Sum the part that agreed least. `words` says it in a sentence."""

    meter: str
    checked_at: datetime
    first_day: date
    last_day: date
    agreed: bool
    compared: int
    differing: int
    held: int
    counted: int
    words: str


class MeterWithRecountOut(MeterOut):
    """One meter with its last recount (null: none was done yet, or none can be)."""

    last_recount: RecountOut | None


class FigureOut(Schema):
    """One period's figure. `start` is its first moment in UTC; `value` null: nothing is known."""

    start: datetime
    grain: Grain
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    origin: str
    as_of: datetime | None


class LoadedOut(Schema):
    """What a loading did: months that changed, months that stood already, and a sentence."""

    changed: int
    unchanged: int
    message: str


class RefusedOut(Schema):
    """Why nothing was taken in, in a sentence with line and column where there is one."""

    detail: str


@router.get("/", response=list[MeterOut], summary="Every meter of this installation")
def meters(request: HttpRequest) -> list[MeterOut]:
    """Every meter, with how it counts."""
    return [_meter_out(meter) for meter in api.declared()]


@router.get("/{meter_id}", response=MeterWithRecountOut, summary="One meter and its last recount")
def meter(request: HttpRequest, meter_id: str) -> MeterWithRecountOut:
    """How one meter counts, and whether its sums agreed when they were last counted anew."""
    found = _meter(meter_id)
    return MeterWithRecountOut(**_meter_out(found).dict(), last_recount=_recount_out(found))


@router.get("/{meter_id}/figures", response=list[FigureOut], summary="Figures of one meter")
def figures(
    request: HttpRequest, meter_id: str, grain: Grain, start: datetime, end: datetime
) -> list[FigureOut]:
    """Every period that begins in [start, end); at most 1,000 at once."""
    _meter(meter_id)
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
    response={200: LoadedOut, 403: RefusedOut, 413: RefusedOut, 422: RefusedOut},
    summary="Load monthly figures from a CSV file",
    openapi_extra={"requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def load(request: HttpRequest, meter_id: str) -> Status[LoadedOut] | Status[RefusedOut]:
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
