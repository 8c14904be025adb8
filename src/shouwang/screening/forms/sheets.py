"""What is typed of a round sheet: a cell a person, and beside them the result, who answered, the time, the needs."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from shouwang.access import clock
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.temperature import parse_temperature
from shouwang.screening.enums import Channel, Outcome
from shouwang.screening.models import Sheet
from shouwang.screening.queries.sheets import Line
from shouwang.screening.rules import AttemptInput, ReadingInput
from shouwang.screening.rules import sheets as rules
from shouwang.screening.rules.attempts import check_answer, check_text

CHANNELS = (Channel.VISIT, Channel.CALL)


@dataclass(slots=True)
class Cell:
    """One field of the table: its name, what was typed, what is wrong with it."""

    name: str
    value: str
    wrong: str = ""


@dataclass(slots=True)
class Row:
    """One line. ``wrong`` is what is wrong with the line as a whole."""

    line: Line
    people: list[tuple[Any, Cell]]
    result: Cell
    who: Cell
    time: Cell
    needs: Cell
    wrong: str = ""

    @property
    def cells(self) -> list[Cell]:
        return [*(cell for _, cell in self.people), self.result, self.who, self.time, self.needs]

    @property
    def bad(self) -> bool:
        return bool(self.wrong) or any(cell.wrong for cell in self.cells)


@dataclass(slots=True)
class SheetForm:
    """``data`` None: nothing typed yet. Nothing is filled in beforehand, also not who answered or when."""

    data: Mapping[str, str] | None
    sheet: Sheet
    lines: Sequence[Line]
    profile: DiseaseProfile
    _wrong: dict[str, str] = field(default_factory=dict)

    @property
    def channel(self) -> Cell:
        return self._cell("channel")

    @property
    def who(self) -> Cell:
        return self._cell("who")

    @property
    def time(self) -> Cell:
        return self._cell("time")

    @property
    def wrong(self) -> bool:
        return bool(self._wrong)

    def refuse(self, household: int, why: str) -> None:
        self._wrong[f"line_{household}"] = why

    def rows(self) -> Iterator[Row]:
        for line in self.lines:
            home = line.door.household_id
            yield Row(
                line,
                [(member, self._cell(f"p_{member.resident_id}")) for member in line.people],
                self._cell(f"result_{home}"),
                self._cell(f"who_{home}"),
                self._cell(f"time_{home}"),
                self._cell(f"needs_{home}"),
                self._wrong.get(f"line_{home}", ""),
            )

    def attempts(self) -> list[AttemptInput]:
        """The lines that are good; of the others :meth:`rows` says what is wrong, at the cell where it is."""
        self._wrong.clear()
        found = []
        for line, attempt_id in zip(self.lines, self._ids(), strict=True):
            if line.attempt is None and (made := self._attempt(line, attempt_id)):
                found.append(made)
        return found

    def _ids(self) -> list[Any]:
        by_home = dict(zip(self.sheet.households, self.sheet.attempts, strict=True))
        return [by_home[line.door.household_id] for line in self.lines]

    def _attempt(self, line: Line, attempt_id: Any) -> AttemptInput | None:
        home = line.door.household_id
        cells = {member.resident_id: self._said(f"p_{member.resident_id}") for member in line.people}
        extra = {key: self._said(f"{key}_{home}") for key in ("result", "who", "time", "needs")}
        if not any(cells.values()) and not any(extra.values()):
            return None
        before = len(self._wrong)
        readings = []
        for resident, said in cells.items():
            cell = self._try(f"p_{resident}", partial(self._told, said))
            if cell is not None:
                readings.append(ReadingInput(resident, cell.temperature or None, cell.symptoms))
        told = self._said("channel") in CHANNELS
        channel = Channel(self._said("channel")) if told else Channel.VISIT
        if not told:
            self._wrong["channel"] = gettext(
                "Say whether the sheet was carried from door to door or rung through."
            )
        outcome = self._try(
            f"result_{home}", lambda: rules.read_result(extra["result"], channel, anybody=any(cells.values()))
        )
        if outcome is None and f"result_{home}" not in self._wrong:
            self._wrong[f"result_{home}"] = gettext("Say what came of it, or give somebody's temperature.")
        if outcome is not None and outcome is not Outcome.REACHED and readings:
            self._wrong[f"result_{home}"] = gettext(
                "Nobody was reached, so there can be no temperatures and no symptoms. Not reached is not normal."
            )
        if outcome is Outcome.REACHED and not readings and len(self._wrong) == before:
            self._wrong[f"result_{home}"] = gettext(
                "Reached means that you know how somebody is: give at least one person's temperature or symptoms."
            )
        answered = None
        if outcome in (Outcome.REACHED, Outcome.REFUSED):
            answered = self._try(f"who_{home}", lambda: rules.read_who(extra["who"], self._said("who")))
        if outcome is not None and f"who_{home}" not in self._wrong:
            self._try(f"result_{home}", lambda: check_answer(outcome, channel, answered))
        at = self._try(f"time_{home}", lambda: self._moment(extra["time"] or self._said("time")))
        needs = self._try(f"needs_{home}", lambda: check_text(extra["needs"]))
        if not told or len(self._wrong) > before or outcome is None:
            return None
        return AttemptInput(
            attempt_id, home, channel, outcome, answered, tuple(readings), needs or "", made_at=at
        )

    def _told(self, said: str) -> rules.Told | None:
        told = rules.read_cell(said, self.profile.symptoms)
        if told is not None:
            parse_temperature(told.temperature, self.profile)
        return told

    def _moment(self, written: str) -> dt.datetime:
        moment = timezone.make_aware(dt.datetime.combine(self.sheet.day, rules.read_time(written)))
        if moment > clock.now():
            raise Refused("sheet_time_future", gettext_noop("This time has not come yet."))
        return moment

    def _try(self, name: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except Refused as error:
            self._wrong.setdefault(name, gettext(error.hint) % error.params)
            return None

    def _said(self, name: str) -> str:
        return (self.data or {}).get(name, "").strip()

    def _cell(self, name: str) -> Cell:
        return Cell(name, self._said(name), self._wrong.get(name, ""))
