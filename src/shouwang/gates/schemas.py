"""The gate as the API speaks of it."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from shouwang.gates.actions import CheckMade
from shouwang.gates.enums import Direction, PassKind, PassState, Reason, Verdict


class CheckIn(Schema):
    """One check. ``id`` is a UUIDv7 minted where it was made; the same one may be sent again.

    ``temperature`` in degrees Celsius. ``verdict`` and ``reason`` from a device that answered on the spot are kept.
    """

    id: UUID
    entrance: int
    direction: Direction
    pass_code: str = Field("", max_length=20)
    resident: int | None = None
    temperature: Decimal | None = None
    masked: bool | None = None
    plate: str = Field("", max_length=12)
    remarks: str = Field("", max_length=200)
    made_at: dt.datetime
    emergency: bool = False
    verdict: Verdict | None = None
    reason: Reason | None = None

    def made(self) -> CheckMade:
        return CheckMade(
            id=self.id,
            entrance_id=self.entrance,
            direction=self.direction,
            pass_code=self.pass_code,
            resident_id=self.resident,
            temperature=self.temperature,
            masked=self.masked,
            plate=self.plate,
            remarks=self.remarks,
            made_at=self.made_at,
            emergency=self.emergency,
            verdict=self.verdict,
            reason=self.reason,
        )


class CheckOut(Schema):
    """A recorded check with its answer; no name."""

    id: UUID
    entrance: int
    direction: Direction
    verdict: Verdict
    reason: Reason
    temperature: Decimal | None
    fever: bool
    masked: bool | None
    emergency: bool
    made_at: dt.datetime
    received_at: dt.datetime


class HourOut(Schema):
    hour: int
    out: int
    into: int
    refused: int


class PersonOut(Schema):
    """Somebody at the gate: no phone, no ID number; the name is masked unless she said it or showed her pass."""

    resident_id: int
    name: str
    named: bool
    address: str
    elsewhere: bool
    pass_state: PassState | None
    next_out: dt.date | None


class PassOut(Schema):
    id: int
    code: str
    kind: PassKind
    area: int | None
    resident_id: int | None
    household_id: int | None
    plate: str
    valid_from: dt.datetime
    valid_until: dt.datetime
    revoked_at: dt.datetime | None


class DaysIn(Schema):
    """How many days, today being the first; as many as the rules say where none are given."""

    valid_days: int | None = Field(None, ge=1, le=366)


class PassIn(DaysIn):
    resident: int
    kind: Literal[PassKind.RESIDENT, PassKind.EMERGENCY] = PassKind.RESIDENT


class VehiclePassIn(DaysIn):
    household: int
    plate: str = Field(max_length=20)


class VisitorPassIn(DaysIn):
    community: int
    visit: UUID


class ResponderPassIn(DaysIn):
    """``area``: a community, or the town or city above it, inside the issuer's own."""

    area: int
    name: str = Field(max_length=60)
    agency: str = Field(max_length=200)


class SupplyPassIn(DaysIn):
    area: int
    plate: str = Field(max_length=20)
    firm: str = Field(max_length=60)
    purpose: str = Field("", max_length=200)


class ReasonIn(Schema):
    reason: str = Field(max_length=200)
