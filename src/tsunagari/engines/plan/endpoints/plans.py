"""Where the plans' endpoints hang, and the parts of their addresses."""

from typing import Annotated, Final

from ninja import Path, Router

ADDRESS: Final = "plans"

router = Router(tags=["plans"])

Code = Annotated[
    str,
    Path(description="The plan's code, as /api/plans/ lists it.", examples=["policy-2024-2028"]),
]
Number = Annotated[
    str,
    Path(description="The measure's number in the plan, as it is printed there.", examples=["2"]),
]
Order = Annotated[
    int, Path(description="The indicator's place in the measure, from 1.", examples=[1])
]
