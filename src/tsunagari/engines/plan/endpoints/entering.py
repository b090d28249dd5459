"""What a division's key may send: a figure for an indicator of its own measures."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

from tsunagari.engines.plan import api
from tsunagari.engines.plan.endpoints import shapes
from tsunagari.engines.plan.endpoints.plans import Code, Number, Order, router
from tsunagari.kernel.answers.api import Lang, RefusedOut
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import DivisionKey, KeyHolder

SCOPE = "figures:load"
AS_OFTEN = "60/m"
"""Messages that one key may send: the figures of a whole plan in a minute."""

LARGEST = 16 * 1024
"""Bytes of the largest message; a figure with its source and reason needs one or two thousand."""

REFUSALS = dict.fromkeys((401, 403, 404, 413, 422, 429), RefusedOut)


@router.post(
    "/{code}/measures/{number}/indicators/{int:order}/values",
    auth=DivisionKey(),
    throttle=[AuthRateThrottle(AS_OFTEN)],
    response={200: shapes.TakenInOut, 409: shapes.OvertakenOut, **REFUSALS},
    summary="Send a figure of an indicator",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": shapes.EntryIn.model_json_schema()}},
        }
    },
)
def enter(
    request: HttpRequest, code: Code, number: Number, order: Order, lang: Lang = None
) -> dict[str, object] | Status[dict[str, object]]:
    """Take in a figure of a year or month. The same figure twice changes nothing.

    A figure that stood is kept in the history; replacing one needs a reason.
    """
    holder: KeyHolder = request.auth  # type: ignore[attr-defined]  # set by ninja after DivisionKey
    try:
        return _taken_in(request, code, number, order, holder)
    except api.IndicatorMissing as missing:
        raise HttpError(
            404, _("その計画、取組、指標または系列はありません。番号を確かめてください。")
        ) from missing
    except api.NotYours as refused:
        raise HttpError(403, str(refused)) from refused
    except api.EntryRefused as refused:
        raise HttpError(422, str(refused)) from refused
    except api.Overtaken as overtaken:
        return Status(
            HTTPStatus.CONFLICT, {"detail": str(overtaken), "standing": overtaken.standing}
        )


def _taken_in(
    request: HttpRequest, code: str, number: str, order: int, holder: KeyHolder
) -> dict[str, object]:
    if not holder.may(SCOPE):
        raise HttpError(403, _("この鍵は、数値の登録に使えません。登録できる鍵を作ってください。"))
    division = holder.division
    api.check_right(code=code, number=number, order=order, division=division, clock=system_clock)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        raise HttpError(
            413, _("送られた内容が大きすぎます（16KBまで）。数値は一つずつ送ってください。")
        )
    taken = api.take_in_figure(
        code=code,
        number=number,
        order=order,
        entry=api.entry_in(request.body),
        division=division,
        actor=holder.key,
        clock=system_clock,
    )
    message = (
        _("数値を登録しました。")
        if taken.changed
        else _("同じ数値がすでに登録されています。何も変えていません。")
    )
    return {"changed": taken.changed, "figure": taken.figure, "message": message}
