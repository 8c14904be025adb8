"""What a pass says. No name in full, no ID number, no phone, no health data."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shouwang.gates.enums import PassKind
from shouwang.gates.rules.token import cbor

KINDS = {
    PassKind.RESIDENT: 1,
    PassKind.VEHICLE: 2,
    PassKind.VISITOR: 3,
    PassKind.RESPONDER: 4,
    PassKind.SUPPLY: 5,
    PassKind.EMERGENCY: 6,
}
_KIND_OF = {number: kind for kind, number in KINDS.items()}
LABEL_LIMIT = 12


@dataclass(frozen=True, slots=True)
class PassClaims:
    """One pass. ``not_before`` and ``expires`` in seconds since 1970-01-01 UTC, ``expires`` itself still valid.

    ``area`` is where it is good: the community, or the town or city above it (12 digits). ``household`` is the key by
    which outings are counted; 0 where none. ``label`` helps the eye at the gate: ``张*`` or the end of a plate.
    """

    pass_id: UUID
    kind: PassKind
    area: int
    not_before: int
    expires: int
    household: int = 0
    label: str = ""

    def encode(self) -> bytes:
        fields: dict[int, Any] = {
            1: self.pass_id.bytes,
            2: KINDS[self.kind],
            3: self.area,
            4: self.not_before,
            5: self.expires,
        }
        if self.household:
            fields[6] = self.household
        if self.label:
            fields[7] = self.label[:LABEL_LIMIT]
        return cbor.encode(fields)

    @classmethod
    def decode(cls, payload: bytes) -> "PassClaims":
        """Raises ``CborError`` where a field is missing, unknown or of another kind."""
        fields = cbor.decode(payload)
        if not isinstance(fields, dict) or not {1, 2, 3, 4, 5} <= fields.keys() <= {1, 2, 3, 4, 5, 6, 7}:
            raise cbor.CborError("fields")
        raw, label = fields[1], fields.get(7, "")
        numbers = [fields[2], fields[3], fields[4], fields[5], fields.get(6, 0)]
        if not isinstance(raw, bytes) or len(raw) != 16 or not isinstance(label, str):
            raise cbor.CborError("fields")
        if not all(isinstance(number, int) and number >= 0 for number in numbers):
            raise cbor.CborError("fields")
        kind, area, not_before, expires, household = numbers
        if kind not in _KIND_OF or not_before > expires or len(label) > LABEL_LIMIT:
            raise cbor.CborError("fields")
        if not 10**11 <= area < 10**12:
            raise cbor.CborError("fields")
        return cls(UUID(bytes=raw), _KIND_OF[kind], area, not_before, expires, household, label)
