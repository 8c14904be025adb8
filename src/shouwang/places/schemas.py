"""Places as the API speaks of them."""

import datetime as dt

from ninja import Field, Schema

from shouwang.places.enums import AreaKind, EntranceStatus


class AreaOut(Schema):
    """``code`` as twelve digits in text, so that no spreadsheet rounds it. ``level``: 1 province … 5 community."""

    code: str
    name: str
    level: int
    kind: AreaKind
    parent: str | None
    aliases: list[str]
    added: bool
    active: bool

    @staticmethod
    def resolve_code(area: object) -> str:
        return str(area.code)  # type: ignore[attr-defined]

    @staticmethod
    def resolve_parent(area: object) -> str | None:
        parent = area.parent_id  # type: ignore[attr-defined]
        return str(parent) if parent else None


class AreaIn(Schema):
    name: str = Field(max_length=60)
    aliases: list[str] = []
    kind: AreaKind | None = None


class EntranceOut(Schema):
    id: int
    community: str
    compound: str = ""
    name: str
    status: EntranceStatus
    reason: str
    changed_at: dt.datetime

    @staticmethod
    def resolve_community(entrance: object) -> str:
        return str(entrance.community)  # type: ignore[attr-defined]

    @staticmethod
    def resolve_compound(entrance: object) -> str:
        compound = entrance.compound  # type: ignore[attr-defined]
        return compound.name if compound else ""


class EntranceIn(Schema):
    """``compound``: the compound's id; without it, a way into the whole place."""

    name: str = Field(max_length=60)
    status: EntranceStatus = EntranceStatus.OPEN
    reason: str = Field("", max_length=200)
    compound: int | None = None


class StatusIn(Schema):
    status: EntranceStatus
    reason: str = Field(max_length=200)
