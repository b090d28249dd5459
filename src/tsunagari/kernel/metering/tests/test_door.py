"""The door speaks: a wrong meter is refused in one sentence that names the culprit and the mend."""

from dataclasses import replace

import pytest

from tsunagari.kernel.i18n.texts import P_
from tsunagari.kernel.metering.declare import Counter, Events, Gauge, Meter, PageViews, Ratio, Sum
from tsunagari.kernel.metering.rules import Refused
from tsunagari.kernel.metering.tests.meters import EVERY, PLANTED, WORDS, declared

WRONG: list[tuple[Meter, str]] = [
    (replace(PLANTED, id="oaks.planted"), r"must be named trees\.<word>"),
    (replace(PLANTED, how=" "), "has no how; write it in Japanese"),
    (replace(PLANTED, counts=Events(name="test.felled")), "counts 'test.felled', which no declare.py"),
    (replace(PLANTED, counts=Events(name="test.grown", amount="metres")), "adds up 'metres'.*it has: kind, trees, watered"),
    (replace(PLANTED, dimensions=("school",)), "dimension 'school', which is not measured; it has: division, kind"),
    (Counter(id="trees.v", counts=PageViews(), dimensions=("address",), **WORDS), "it has: service, page, language"),
    (Gauge(id="trees.g", reads="trees.felled", **WORDS), "reads 'trees.felled', which no engine offers; there are: trees.standing"),
    (Ratio(id="trees.r", numerator="trees.planted", denominator="trees.none", **WORDS), "divides 'trees.none'"),
    (Ratio(id="trees.r", numerator="trees.planted", denominator="trees.r", **WORDS), "divides 'trees.r', itself a division"),
    (replace(PLANTED, counts=Events(name="test.grown", amount="kind")), "adds up 'kind', which is no whole number"),
    (Sum(id="trees.s", parts=("trees.none",), rule="x", **WORDS), "adds up 'trees.none', which is not measured"),
    (Sum(id="trees.s", parts=("trees.planted",), rule="", **WORDS), "without a rule"),
    (Sum(id="trees.s", parts=("trees.planted",) * 2, rule="x", **WORDS), "names a part twice"),
    (Sum(id="trees.s", parts=("trees.planted",), rule="x", **{**WORDS, "unit": "件"}), "one unit only"),
    (Sum(id="trees.s", parts=("trees.planted",), rule="x", **{**WORDS, "unit": P_("books", "本")}), r"counts in 本 \(books\); one unit only"),
]  # fmt: skip


@pytest.mark.parametrize(("meter", "says"), WRONG)
def test_it_rejects_a_wrong_meter_and_names_the_mend(meter: Meter, says: str) -> None:
    kept = [each for each in EVERY if each.id not in ("trees.planted", meter.id)]
    others = kept if meter.id == "trees.planted" else [*kept, PLANTED]
    with (
        pytest.raises(Refused, match=f"services/x/trees: meter .*{says}"),
        declared(*others, meter),
    ):
        pass


def test_it_rejects_one_name_twice() -> None:
    with pytest.raises(Refused, match="declared twice"), declared(PLANTED, PLANTED):
        pass
