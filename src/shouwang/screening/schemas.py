"""Rounds as the API speaks of them."""

import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen
from ninja import Field, Schema
from pydantic import AwareDatetime

from shouwang.screening.enums import AnsweredBy, Channel, HouseholdState, NextStep, Outcome, Slot
from shouwang.screening.rules import AttemptInput, ReadingInput

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


class AttemptIn(Schema):
    """One call or visit. ``id`` is a UUIDv7 minted where it was made; the same one may be sent again."""

    id: UUID
    household: Number
    channel: Channel
    outcome: Outcome
    answered_by: AnsweredBy | None = None
    readings: Annotated[list[ReadingIn], MaxLen(50)] = []
    needs: Annotated[str, MaxLen(500)] = ""
    remarks: Annotated[str, MaxLen(500)] = ""
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
