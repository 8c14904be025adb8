"""Rounds as the API speaks of them."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import MaxLen
from ninja import Field, Schema
from pydantic import AwareDatetime

from shouwang.screening.enums import AnsweredBy, Channel, HouseholdState, NextStep, Outcome, Slot
from shouwang.screening.rules import ArrivalInput, AttemptInput, PresenceInput, ReadingInput

Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


class OpenIn(Schema):
    slot: Slot = Slot.DAY


class RoundOut(Schema):
    """``*_due`` is who is to be reached; what is not among ``*_reached`` is not reached, whatever the outcomes."""

    id: int
    community: int
    day: dt.date
    slot: Slot
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    households_due: int
    households_reached: int
    residents_due: int
    residents_reached: int
    attempts: int
    fevers: int


class ReadingIn(Schema):
    """``temperature`` in °C as written, with one decimal. ``symptoms``: null nobody asked, [] asked and none."""

    resident: Number
    temperature: Annotated[str, MaxLen(20)] | float | None = None
    symptoms: Annotated[list[Annotated[str, MaxLen(40)]], MaxLen(30)] | None = None


class ArrivalIn(Schema):
    """Somebody who moved in or is visiting; the numbers in plain, or empty."""

    name: Annotated[str, MaxLen(60)]
    id_number: Annotated[str, MaxLen(40)] = ""
    phone: Annotated[str, MaxLen(40)] = ""
    origin: Annotated[str, MaxLen(60)] = ""
    arrived_on: dt.date | None = None
    to_stay: bool = False


class PresenceIn(Schema):
    """Of a member it was said that she is not here, or here again."""

    resident: Number
    now: Literal["away", "moved", "back"]


class AttemptIn(Schema):
    """One call or visit. ``id`` is a UUIDv7 minted where it was made; the same one may be sent again."""

    id: UUID
    household: Number
    channel: Channel
    outcome: Outcome
    answered_by: AnsweredBy | None = None
    readings: Annotated[list[ReadingIn], MaxLen(50)] = []
    needs: Annotated[str, MaxLen(500)] = ""
    trouble: Annotated[str, MaxLen(500)] = ""
    remarks: Annotated[str, MaxLen(500)] = ""
    arrivals: Annotated[list[ArrivalIn], MaxLen(20)] = []
    presence: Annotated[list[PresenceIn], MaxLen(50)] = []
    proxy: bool = False
    made_at: AwareDatetime | None = None
    corrects: UUID | None = None

    def made(self) -> AttemptInput:
        return AttemptInput(
            attempt_id=self.id,
            household_id=self.household,
            channel=self.channel,
            outcome=self.outcome,
            answered_by=self.answered_by,
            readings=[ReadingInput(r.resident, r.temperature, r.symptoms) for r in self.readings],
            needs=self.needs,
            trouble=self.trouble,
            arrivals=[ArrivalInput(**one.model_dump()) for one in self.arrivals],
            presence=[PresenceInput(one.resident, one.now) for one in self.presence],
            proxy=self.proxy,
            remarks=self.remarks,
            made_at=self.made_at,
            corrects=self.corrects,
        )


class RecordedOut(Schema):
    """``fevers``: residents with a fever in this record. ``repeated``: it was known already, nothing was changed."""

    attempt_id: UUID
    round_id: int
    household_id: int
    outcome: Outcome
    fevers: list[int]
    repeated: bool


class NotReachedOut(Schema):
    household: int
    compound: str
    address: str
    state: HouseholdState
    due: int
    reached: int
    tries: int
    last_outcome: Outcome | None
    last_at: dt.datetime | None
    next_step: NextStep


class FeverOut(Schema):
    reading_id: UUID
    community: int
    household_id: int
    resident_id: int
    source: Channel
    temperature: Decimal | None
    symptoms: list[str]
    made_at: dt.datetime
    again: Decimal | None
    again_at: dt.datetime | None
