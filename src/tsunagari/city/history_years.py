"""The made-up years of an invented town's plan: who planned, did, judged and decided what on which day.

A pack tells them in `years/*.yaml`, one file a fiscal year. Each deed goes through the same actions as a
clerk's, with the clock of its day, so that history, ledger and seals are those of a town that lived it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from tsunagari.engines.cycle import api as cycle
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import JAPAN, FiscalYear
from tsunagari.kernel.i18n.mapping_file import mapping_in
from tsunagari.kernel.identity import api as identity

Sheet = Mapping[str, Any]

SCORES: Final = ("fitness", "effect", "efficiency")
"""What the three letters of `scores` judge."""

NEXT: Final = ("running", "checking", "committee", "acting")
"""The phases that a year reaches by being moved on."""

HANDED_IN: Final = {"plan": "planned", "check": "checked"}
"""The day of the year's file on which the divisions hand a part in."""

WEEK: Final = 4
"""Divisions hand in over as many days up to the one that the file names (a Friday)."""


class HistoryRefused(ValueError):
    """The past was not written and nothing changed; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something that was done at a moment of the past; `do` does it, and gives False where it was done
    already. `kind` is under what a run counts it, `where` names it for whoever
    has to mend the file; `plan` is the code of the plan whose year it belongs to."""

    moment: datetime
    do: Callable[[], object]
    where: str
    kind: Literal["deed", "change"] = "deed"
    plan: str = ""


def morning(day: date, minutes: int = 0) -> datetime:
    """Half past nine in Japan, or some minutes later."""
    start = datetime.combine(day, time(9, 30), JAPAN).astimezone(UTC)
    return start + timedelta(minutes=minutes)


def deeds_of_years(pack: Path) -> list[Deed]:
    """What the pack tells of its plans' years, in no order; [] where it tells of none.

    A plan of which a year was opened already tells nothing more: what people did there since stands.
    Raises HistoryRefused for a file that lacks something.
    """
    told = [(file, mapping_in(file)) for file in sorted((pack / "years").glob("*.yaml"))]
    if not told:
        return []
    people = People(identity.demo_people(pack))
    deeds: list[Deed] = []
    try:
        for file, said in told:  # noqa: B007 - the message names it
            deeds += _Year(said=said, people=people).deeds()
        lived = {e["plan"] for _file, e in told if cycle.standing_year(e["plan"], e["year"])}
    except (KeyError, TypeError, AttributeError) as wrong:
        raise HistoryRefused(
            f"{file}: {wrong} is missing or not known; write it as in cities/sample/years/2022.yaml."
        ) from wrong
    return [deed for deed in deeds if deed.plan not in lived]


class People:
    """Who held which post on a day; nobody's public id is "" where the pack names nobody."""

    def __init__(self, people: Sequence[Any]) -> None:
        self.posts = [(each.login, post) for each in people for post in each.posts]
        self.known: dict[str, str] = {}

    def clerk(self, division: str, day: date) -> cycle.Hand:
        """The clerk of a division, else somebody of it who has no account any more."""
        return self._hand("member", division, day)

    def secretariat(self, day: date) -> cycle.Hand:
        """The plan's secretariat of the day."""
        return self._hand("secretariat", "joho-suishin", day)

    def member(self, login: str, day: date) -> cycle.Hand:
        """A member of the committee, by login name."""
        return self._hand("committee", "joho-suishin", day, login)

    def _hand(self, role: str, division: str, day: date, login: str = "") -> cycle.Hand:
        held = (
            name
            for name, post in self.posts
            if (post.role, post.division) == (role, division)
            and (post.begins or day) <= day <= (post.ends or day)
            and login in ("", name)
        )
        return cycle.Hand(actor=self._actor(next(held, "")), division=division, role=role)

    def _actor(self, login: str) -> str:
        if login and login not in self.known:
            self.known[login] = identity.demo_actor(login)
        return self.known.get(login, "")


@dataclass(kw_only=True)
class _Year:
    """One year's file, and what stands of the year while its deeds are done."""

    said: Mapping[str, Any]
    people: People
    standing: cycle.StandingYear | None = None
    measures: Mapping[str, plan_api.MeasureHead] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    opinions: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def plan(self) -> str:
        return str(self.said["plan"])

    @property
    def year(self) -> int:
        return int(self.said["year"])

    @property
    def public_id(self) -> str:
        assert self.standing is not None  # noqa: S101 - its first deed opens it
        return self.standing.public_id

    def deeds(self) -> Iterator[Deed]:
        """Everything in the file, each with its moment; days that it does not name were not reached."""
        days: Mapping[str, date] = self.said["days"]
        yield self._at(days["opened"], 0, self._open)
        for place, (number, sheet) in enumerate(self.said["sheets"].items()):
            for part in ("plan", "check"):
                yield from self._part(part, number, sheet, place)
            yield from self._notes(number, sheet, place)
            yield from self._voices(number, sheet.get("opinions", ()), place)
            if "decided" in days and sheet.get("decision") != "open":
                said = sheet.get("decision", {"kind": "continue"})
                yield self._at(days["decided"], place, self._decide, number, said)
        yield from self._voices("", self.said.get("opinions", ()), len(self.said["sheets"]))
        for phase in (each for each in NEXT if each in days):
            yield self._at(days[phase], 0, self._move, phase)
        if "carried" in days:
            yield self._at(days["carried"], 0, self._carry_out)
        if "frozen" in days:
            yield self._at(days["frozen"], 0, self._freeze)
        for each in self.said.get("errata", ()):
            yield self._at(each["day"], 0, self._correct, each)
        yield from self._figures()

    def _at(self, day: date, place: int, do: Callable[..., object], *given: Any) -> Deed:
        """Deeds of one day follow each other by some minutes, so that their order is known."""
        moment = morning(day, place * 4)
        about = given[0] if given and isinstance(given[0], str) else ""
        where = f"years/{self.year}.yaml, {day}, {do.__name__.strip('_')} {about}"
        given_moment = partial(do, moment, *given)
        return Deed(moment=moment, do=given_moment, where=where.strip(), plan=self.plan)

    def _part(self, part: str, number: str, sheet: Sheet, place: int) -> Iterator[Deed]:
        """A part is written and handed in, perhaps given back and handed in again, and accepted."""
        days, stays = self.said["days"], sheet.get(f"{part}_stays", "")
        if HANDED_IN[part] not in days:
            return
        day = days[HANDED_IN[part]] - timedelta(days=place % WEEK)
        if sheet.get(part) or part == "check":
            yield self._at(day, place, self._write_part, number, part, sheet)
        if stays == "draft":
            return
        yield self._at(day, place + 1, self._submit, number, part)
        because = sheet.get(f"{part}_returned", "")
        reviewed = days[f"{part}_accepted"]
        if because:
            returned = reviewed - timedelta(days=2)
            yield self._at(returned, place, self._return, number, part, because)
            if stays == "returned":
                return
            yield self._at(returned + timedelta(days=1), place, self._submit, number, part)
        if not stays:
            yield self._at(reviewed, place, self._accept, number, part)

    def _notes(self, number: str, sheet: Sheet, place: int) -> Iterator[Deed]:
        days = self.said["days"]
        for quarter, note in enumerate(sheet.get("notes", ()), start=1):
            if note and f"q{quarter}" in days:
                day = days[f"q{quarter}"] - timedelta(days=place % WEEK)
                texts = {f"q{quarter}_note": note}
                yield self._at(day, place, self._write, number, texts)

    def _voices(self, number: str, said: Sequence[Sheet], place: int) -> Iterator[Deed]:
        """Opinions of the committee, and the city's answers where there are some."""
        days = self.said["days"]
        for order, each in enumerate(said):
            yield self._at(days["met"], place, self._give_opinion, (number, order), each)
            if each.get("answer"):
                yield self._at(days["answered"], place, self._answer, (number, order), each)

    def _figures(self) -> Iterator[Deed]:
        """Monthly figures that divisions entered on the tenth of the next month."""
        for said in self.said.get("figures", ()):
            months = zip(FiscalYear(self.year).months, said["months"], strict=False)
            for month, value in months:
                tenth = (month + timedelta(days=31)).replace(day=10)
                yield self._at(tenth, 0, self._enter, said, month.month, value)

    def _open(self, moment: datetime) -> None:
        hand = self._secretariat(moment)
        cycle.open_year(plan=self.plan, year=self.year, hand=hand, clock=lambda: moment)
        self.standing = cycle.standing_year(self.plan, self.year)
        heads = plan_api.measures_of_year(self.plan, self.year, "ja")
        self.measures = {each.number: each for each in heads}
        assert self.standing is not None  # noqa: S101 - it was opened above
        self.texts = {
            number: dict(self.standing.sheets[each.public_id].texts)
            for number, each in self.measures.items()
        }
        settings = cycle.YearSettings(
            days=self.said.get("deadlines", {}),
            minutes_an_item=self.said.get("minutes_an_item", 20),
            staff_cost=self.said.get("staff_cost"),
        )
        cycle.set_year(cycle=self.public_id, wanted=settings, hand=hand)

    def _write_part(self, moment: datetime, number: str, part: str, sheet: Sheet) -> None:
        texts = {name: str(value) for name, value in sheet.get(part, {}).items()}
        if part == "check":
            letters = texts.pop("scores", "")
            texts |= dict(zip(SCORES, letters, strict=False))
            texts.setdefault("done", self._done(number))
        self._write(moment, number, texts)

    def _done(self, number: str) -> str:
        """What the plan's own file says was done, so that nobody tells it twice."""
        actions = plan_api.year_actions(self.plan, self.year, "ja")
        return actions[number].done if number in actions else ""

    def _write(self, moment: datetime, number: str, texts: Mapping[str, str]) -> None:
        standing = self.texts[number]
        typed = {
            name: cycle.Typed(text=text, seen=cycle.print_of(standing.get(name, "")))
            for name, text in texts.items()
        }
        cycle.write_sheet(
            sheet=self._sheet(number).public_id,
            typed=typed,
            hand=self._clerk(number, moment),
            clock=lambda: moment,
        )
        standing |= texts

    def _submit(self, moment: datetime, number: str, part: str) -> None:
        sheet, hand = self._sheet(number).public_id, self._clerk(number, moment)
        cycle.submit_part(sheet=sheet, part=part, hand=hand, clock=lambda: moment)

    def _return(self, moment: datetime, number: str, part: str, because: str) -> None:
        sheet, hand = self._sheet(number).public_id, self._secretariat(moment)
        cycle.return_part(sheet=sheet, part=part, comment=because, hand=hand, clock=lambda: moment)

    def _accept(self, moment: datetime, number: str, part: str) -> None:
        sheet, hand = self._sheet(number).public_id, self._secretariat(moment)
        cycle.accept_part(sheet=sheet, part=part, comment="", hand=hand, clock=lambda: moment)

    def _move(self, moment: datetime, phase: str) -> None:
        standing = cycle.standing_year(self.plan, self.year)
        assert standing is not None  # noqa: S101 - its first deed opens it
        cycle.move_year(
            cycle=self.public_id,
            seen=standing.phase,
            back=False,
            comment=self.said.get("moved_because", {}).get(phase, ""),
            hand=self._secretariat(moment),
            clock=lambda: moment,
        )

    def _give_opinion(self, moment: datetime, key: tuple[str, int], said: Sheet) -> None:
        self.opinions[key] = cycle.give_opinion(
            cycle=self.public_id,
            sheet=self._sheet(key[0]).public_id if key[0] else "",
            text=said["text"],
            replaces="",
            hand=self.people.member(said["by"], moment.date()),
            clock=lambda: moment,
        )

    def _answer(self, moment: datetime, key: tuple[str, int], said: Sheet) -> None:
        cycle.answer_opinion(
            opinion=self.opinions[key],
            text=said["answer"],
            hand=self._secretariat(moment),
            clock=lambda: moment,
        )

    def _decide(self, moment: datetime, number: str, said: Sheet) -> None:
        wanted = cycle.WantedDecision(
            kind=said["kind"],
            sheets=tuple(self._sheet(each).public_id for each in (number, *said.get("with", ()))),
            reason=said.get("reason", self.said.get("continued_because", "")),
            stage_to=said.get("stage_to", ""),
            met=tuple(said.get("met", ())),
            heirs=tuple(self._heir(number, each) for each in said.get("heirs", ())),
            revisions=tuple(
                self._revision(number, each, moment) for each in said.get("revisions", ())
            ),
        )
        hand = self._secretariat(moment)
        cycle.decide(cycle=self.public_id, wanted=wanted, hand=hand, clock=lambda: moment)

    def _heir(self, number: str, said: Sheet) -> cycle.WantedHeir:
        origin = self.measures[number]
        return cycle.WantedHeir(
            number=said["number"],
            name=said["name"]["ja"],
            name_en=said["name"]["en"],
            section=said.get("section", origin.section),
            divisions=tuple(said["divisions"]),
            indicators=tuple(origin.indicators[each - 1].public_id for each in said["indicators"]),
            planned=said["planned"],
        )

    def _revision(self, number: str, said: Sheet, moment: datetime) -> cycle.WantedRevision:
        page = plan_api.measure_page(self.plan, number, now=moment, language="ja")
        assert page is not None  # noqa: S101 - it has a sheet
        indicator = page.measure.indicators[said["indicator"] - 1]
        old = next((each.value for each in indicator.targets if each.year == said["year"]), None)
        return cycle.WantedRevision(
            indicator=indicator.public_id,
            fiscal_year=said["year"],
            old=old,
            new=Decimal(str(said["target"])),
            reason=said["reason"],
        )

    def _carry_out(self, moment: datetime) -> None:
        hand = self._secretariat(moment)
        shown = cycle.preview(cycle=self.public_id, hand=hand, clock=lambda: moment)
        cycle.carry_out(cycle=self.public_id, seen=shown.seen, hand=hand, clock=lambda: moment)

    def _freeze(self, moment: datetime) -> None:
        hand = self._secretariat(moment)
        cycle.freeze_year(cycle=self.public_id, reason="", hand=hand, clock=lambda: moment)

    def _correct(self, moment: datetime, said: Sheet) -> None:
        corrections = [
            cycle.Correction(
                measure=each["measure"], place=self._place(each), text=str(each["text"])
            )
            for each in said["corrections"]
        ]
        cycle.correct_year(
            cycle=self.public_id,
            corrections=corrections,
            reason=said["reason"],
            seen=said["version"],
            hand=self._secretariat(moment),
            clock=lambda: moment,
        )

    def _place(self, said: Sheet) -> str:
        if "field" in said:
            return str(said["field"])
        indicator = self.measures[said["measure"]].indicators[said["indicator"] - 1]
        return f"{indicator.public_id}.{self.year}"

    def _enter(self, moment: datetime, said: Sheet, month: int, value: int) -> None:
        hand = self._clerk(said["measure"], moment)
        indicator = self.measures[said["measure"]].indicators[said["indicator"] - 1]
        plan_api.enter_figure(
            indicator=indicator.public_id,
            typed=plan_api.Typed(
                period=plan_api.Period(year=self.year, month=month),
                figure=plan_api.Figure(value=Decimal(value)),
                status="final",
                source=said["source"],
                reason="",
                seen="",
            ),
            hand=plan_api.PlanHand(actor=hand.actor, division=hand.division, secretariat=False),
            clock=lambda: moment,
        )

    def _sheet(self, number: str) -> cycle.StandingSheet:
        assert self.standing is not None  # noqa: S101 - its first deed opens it
        return self.standing.sheets[self.measures[number].public_id]

    def _clerk(self, number: str, moment: datetime) -> cycle.Hand:
        return self.people.clerk(self._sheet(number).division, moment.date())

    def _secretariat(self, moment: datetime) -> cycle.Hand:
        return self.people.secretariat(moment.date())
