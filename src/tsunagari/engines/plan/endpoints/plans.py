"""Where the plans' endpoints hang: one router, one language, one limit of messages."""

from typing import Annotated, Final, Literal

from ninja import Query, Router

from tsunagari.engines.plan.endpoints.open_answer import open_answer

ADDRESS: Final = "plans"

router = Router(tags=["plans"])
router.add_decorator(open_answer, mode="view")

Lang = Annotated[
    Literal["ja", "en"] | None,
    Query(None, description="Language of the texts; without it Accept-Language decides, else ja."),
]
