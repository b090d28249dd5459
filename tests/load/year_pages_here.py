"""Fills this installation with a year of many divisions and signs the secretariat in.

    python -m tests.load.year_pages_here MEASURES YEARS

Prints JSON: the session's cookie, and the divisions of the matrix.
"""

import json
import sys

import django

from tests.load.measured_year import CODE, fill


def main(measures: int, years: int) -> dict[str, object]:
    """The year, half of it written, and who looks at it."""
    from tests.cast import make_clerk, signed_in  # noqa: PLC0415 - models are ready only now
    from tsunagari.engines.plan import api as plan_api  # noqa: PLC0415
    from tsunagari.kernel.identity.entrance.middleware import STAFF_COOKIE  # noqa: PLC0415

    heads = plan_api.measure_heads("policy-2024-2028", "ja")
    divisions = sorted({code for head in heads for code in head.divisions})
    cycle = fill(measures, years, divisions)
    cycle.sheets.filter(order__lte=measures // 2).update(check_state="draft")
    secretariat = make_clerk("load-jimukyoku", "測定 者", "joho-suishin", "secretariat")
    cookie = signed_in(secretariat).cookies[STAFF_COOKIE].value
    return {"cookie": f"{STAFF_COOKIE}={cookie}", "plan": CODE, "divisions": len(divisions)}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
