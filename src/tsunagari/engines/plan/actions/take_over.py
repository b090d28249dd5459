"""Lets an indicator go on with another measure: its definition, its line, its baseline, its coming targets."""

from django.utils.text import slugify

from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.supersede import Basis, set_target, set_value
from tsunagari.engines.plan.models import Indicator, Measure, Series
from tsunagari.engines.plan.queries.desk import Words, english_of
from tsunagari.engines.plan.rules.editable import INDICATOR
from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.i18n.translations import put_translation
from tsunagari.kernel.ids import new_public_id


def take_over(*, origin: Indicator, heir: Measure, year: int, by: Editor) -> str:
    """Add to `heir` the indicator `origin` as it goes on from `year`; returns its public id. Both stand in
    one series afterwards. In the caller's transaction. Raises Refused."""
    words = Words(quoted={}, english=english_of([origin]))
    texts = {**words.texts(origin, INDICATOR), "series": _series(origin, by), "definition_note": ""}
    texts["definition_note.en"] = ""
    if origin.to_set_year is not None and not year <= origin.to_set_year <= heir.plan.last_year:
        texts["to_set_year"] = ""
        texts["target_open"] = texts["target_open"] or ("" if texts["unit"] else "1")
    made = add_thing(kind="indicator", parent=heir, texts=texts, by=by)
    row = Indicator.objects.get(public_id=made)
    keep_outdated(words.outdated(origin, INDICATOR), origin.public_id, made)
    _baseline(origin, row, by)
    _targets(origin, row, year, by)
    return made


def keep_outdated(fields: frozenset[str], origin: str, heir: str) -> None:
    """English that was older than its Japanese stays so: nobody has looked at it by copying."""
    for kept in Translation.objects.filter(public_id=origin, field__in=fields):
        same = Translation.objects.filter(
            public_id=heir, table=kept.table, field=kept.field, language=kept.language
        )
        same.update(source_hash=kept.source_hash)


def _series(origin: Indicator, by: Editor) -> str:
    """The code of the origin's series; where it has none, a new one with it as the first."""
    if origin.series is not None:
        return origin.series.code
    series = Series.objects.create(
        code=f"line-{slugify(new_public_id())}"[:60], name=origin.name[:200]
    )
    kept = Translation.objects.filter(
        public_id=origin.public_id, field="name", table="plan.indicator"
    )
    for each in kept:
        put_translation(
            thing=series, field="name", language=each.language, text=each.text, now=by.now
        )
    measure = Measure.objects.get(pk=origin.measure_id)
    edit_things(
        root=Root(kind="measure", public_id=measure.public_id, version=measure.version),
        wanted=[Wanted(kind="indicator", thing=origin.public_id, texts={"series": series.code})],
        by=by,
    )
    return series.code


def _baseline(origin: Indicator, heir: Indicator, by: Editor) -> None:
    """The figure from which the way to the target is counted stays the same."""
    year = origin.baseline_year
    if year is None:
        return
    heir.baseline_year = year
    heir.save(update_fields=["baseline_year"])
    value = origin.values.filter(fiscal_year=year, month=None, superseded_at=None).first()
    if value is None:
        return
    set_value(
        indicator=heir,
        year=year,
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        origin=value.origin,
        status=value.status,
        source=value.source or origin.measure.plan.source,
        now=by.now,
        actor=by.actor,
        division=by.division,
    )


def _targets(origin: Indicator, heir: Indicator, year: int, by: Editor) -> None:
    coming = origin.targets.filter(
        superseded_at=None, fiscal_year__gte=year, fiscal_year__lte=heir.measure.plan.last_year
    )
    for target in coming:
        set_target(
            indicator=heir,
            year=target.fiscal_year,
            value=target.value,
            basis=Basis.of(target),
            reason=target.reason or by.reason,
            now=by.now,
            actor=by.actor,
            division=by.division,
        )
