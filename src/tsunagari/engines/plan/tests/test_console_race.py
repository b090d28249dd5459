"""Two of the secretariat save one measure in the same moment: exactly one of them wins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from tsunagari.engines.plan.actions.edit_things import (
    Editor,
    Overtaken,
    Root,
    Wanted,
    edit_things,
)
from tsunagari.engines.plan.actions.write_texts import Rows
from tsunagari.engines.plan.models import Driver, Edit, Measure, Plan, Section
from tsunagari.engines.plan.rules.text_faults import Refused
from tsunagari.kernel.ids import new_public_id

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def a_measure() -> Measure:
    plan = Plan.objects.create(
        code="race", letter="R", kind="plan", name="計画", first_year=2026, last_year=2030
    )
    section = Section.objects.create(plan=plan, code="one", name="一覧", order=1)
    return Measure.objects.create(
        plan=plan,
        section=section,
        number="1",
        name="前",
        kind="as_needed",
        and_others=True,
        order=1,
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_exactly_one_wins() -> None:
    measure = a_measure()
    both = Barrier(2)

    def save(name: str) -> str:
        try:
            both.wait(timeout=60)
            edit_things(
                root=Root(kind="measure", public_id=measure.public_id, version=1),
                wanted=[Wanted(kind="measure", thing=measure.public_id, texts={"name": name})],
                by=Editor(actor=new_public_id(), division="", reason="", now=NOW),
            )
        except Overtaken:
            return ""
        else:
            return name
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        won = list(people.map(save, ["一人目", "二人目"]))
    assert sorted(bool(each) for each in won) == [False, True]
    measure.refresh_from_db()
    assert (measure.name, measure.version) == ("".join(won), 2)
    assert [each.after for each in Edit.objects.all()] == ["".join(won)]


@pytest.mark.django_db(transaction=True)
def test_of_two_measures_that_get_one_number_at_once_one_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = a_measure()
    second = Measure.objects.create(
        plan=first.plan, section=first.section, number="2", name="次", kind="as_needed", order=2
    )
    # Both have looked before either wrote: the table alone keeps them apart.
    monkeypatch.setattr(Rows, "faults", lambda *_given: [])
    by = Editor(actor=new_public_id(), division="", reason="番号の整理", now=NOW)
    for each, told in ((first, None), (second, "先に使いました")):
        root = Root(kind="measure", public_id=each.public_id, version=1)
        wanted = [Wanted(kind="measure", thing=each.public_id, texts={"number": "9"})]
        if told is None:
            assert edit_things(root=root, wanted=wanted, by=by) == 1
            continue
        with pytest.raises(Refused) as refused:
            edit_things(root=root, wanted=wanted, by=by)
        assert told in str(refused.value.faults)
    second.refresh_from_db()
    assert (second.number, second.version) == ("2", 1)
    assert Edit.objects.count() == 1


@pytest.mark.django_db
def test_a_driver_is_edited_where_no_plan_is() -> None:
    driver = Driver.objects.create(code="d", name="前", order=1)
    root = Root(kind="driver", public_id=driver.public_id, version=1)
    wanted = [Wanted(kind="driver", thing=driver.public_id, texts={"name": "後"})]
    by = Editor(actor=new_public_id(), division="", reason="法改正のため", now=NOW)
    assert edit_things(root=root, wanted=wanted, by=by) == 1
    edit = Edit.objects.get()
    assert (edit.plan, edit.before, edit.after) == (None, "前", "後")


@pytest.mark.django_db
def test_who_changes_nothing_takes_no_version() -> None:
    measure = a_measure()
    wanted = [Wanted(kind="measure", thing=measure.public_id, texts={"name": " 前 "})]
    by = Editor(actor="", division="", reason="", now=NOW)
    root = Root(kind="measure", public_id=measure.public_id, version=1)
    assert edit_things(root=root, wanted=wanted, by=by) == 0
    measure.refresh_from_db()
    assert measure.version == 1


@pytest.mark.django_db
def test_a_thing_of_another_measure_cannot_be_slipped_in() -> None:
    measure = a_measure()
    by = Editor(actor="", division="", reason="", now=NOW)
    root = Root(kind="measure", public_id=measure.public_id, version=1)
    for kind, thing in (
        ("measure", "other"),
        ("stage", "other"),
        ("section", "one"),
        ("plan", "p"),
    ):
        with pytest.raises(LookupError):
            edit_things(root=root, wanted=[Wanted(kind=kind, thing=thing, texts={})], by=by)
