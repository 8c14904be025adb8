"""One person of a row: each cell is read by its rule, each fault noted where it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from shouwang.kernel.addresses import Address, address_from_parts, read_address
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.identity import Identity, Sex, read_id
from shouwang.kernel.phones import Phone, PhoneKind, read_phones
from shouwang.kernel.text import squeeze
from shouwang.people.rules.cells import (
    is_nothing,
    read_date,
    read_id_kind,
    read_relation,
    read_remarks,
    read_sex,
    text_of,
)
from shouwang.people.rules.columns import Column
from shouwang.people.rules.rows import HEAD, Issue, RosterRow, Severity

_PARTS = (Column.COMPOUND, Column.GROUP, Column.BUILDING, Column.UNIT, Column.ROOM)
_COMMUNITY_WORD = re.compile(r"(?:社区居民委员会|社区居委会|居民委员会|村民委员会|社区|居委会|村委会|村)$")
_TOWN_BEFORE = re.compile(r"^.{1,12}?(?:街道办事处|街道办|街道|镇|乡|管委会|园区)")
# The people of a household share their address, and its cells are read once.
_cached_address = lru_cache(maxsize=50_000)(read_address)
_cached_parts = lru_cache(maxsize=50_000)(address_from_parts)


@dataclass(frozen=True, slots=True)
class Context:
    """What all rows share. ``community``: its proper name, then aliases and its code; ``above``: the areas over it."""

    today: date
    community: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    area_code: str = ""


class _Notes:
    """The issues of one row while it is read."""

    def __init__(self, row: RosterRow) -> None:
        self._header = row.header
        self.issues: list[Issue] = list(row.issues)

    def add(
        self, column: Column, code: str, message: str, severity: Severity, params: Mapping[str, object]
    ) -> None:
        label, letter = self._header.label_of(column), self._header.letter_of(column)
        self.issues.append(Issue(code, message, params, severity, label, letter))

    def reject(self, column: Column, code: str, message: str, **params: object) -> None:
        self.add(column, code, message, Severity.REJECT, params)

    def warn(self, column: Column, code: str, message: str, **params: object) -> None:
        self.add(column, code, message, Severity.WARN, params)

    def refused(self, column: Column, refusal: Refused, severity: Severity) -> None:
        self.add(column, refusal.code, refusal.hint, severity, refusal.params)


def read_person(
    row: RosterRow, own: Mapping[Column, object], inherited: bool, context: Context, *, several: int = 1
) -> RosterRow:
    """`row` completed from its cells. `own` holds this person's share of the cells that belong to one person."""
    notes = _Notes(row)
    if len(row.name) == 1 or any(character.isdigit() for character in row.name):
        notes.reject(Column.NAME, "name", gettext_noop("“%(name)s” is not a name."), name=row.name)
    _check_community(row, context, notes)
    identity = _identity(row, own, context, notes, several)
    address, number = _address(row, context, notes)
    relation = row.relation or read_relation(own.get(Column.RELATION, ""))
    if (
        not relation
        and Column.HEAD in row.header.columns
        and squeeze(_cell(row, Column.HEAD)) == squeeze(row.name)
    ):
        relation = HEAD
    if inherited and Column.RELATION not in row.header.columns and Column.HOUSEHOLD not in row.header.columns:
        notes.warn(
            Column.ADDRESS if Column.ADDRESS in row.header.columns else Column.ROOM,
            "address_inherited",
            gettext_noop("The address is empty: that of the row above was taken."),
        )
    return replace(
        row,
        identity=identity,
        sex=_sex(own, identity, notes),
        born_on=_born(own, identity, context, notes),
        phones=_phones(own, context, notes),
        address=address,
        household_number=number,
        relation=relation,
        remarks=read_remarks(_cell(row, Column.REMARKS)),
        issues=tuple(notes.issues),
    )


def _cell(row: RosterRow, column: Column) -> object:
    place = row.header.columns.get(column)
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def _community_stems(written: str, above: tuple[str, ...]) -> set[str]:
    """What a community's name comes down to: 竟陵街道新城社区 → 新城, and the name whole."""
    text = squeeze(written)
    for name in sorted(above, key=len, reverse=True):
        text = text.removeprefix(squeeze(name))
    stems = {_COMMUNITY_WORD.sub("", part) for part in (squeeze(written), text, _TOWN_BEFORE.sub("", text))}
    return stems - {""}


def _check_community(row: RosterRow, context: Context, notes: _Notes) -> None:
    cell = _cell(row, Column.COMMUNITY)
    if is_nothing(cell) or not context.community:
        return
    written = squeeze(text_of(cell))
    ours = {_COMMUNITY_WORD.sub("", squeeze(name)) for name in context.community}
    if ours & _community_stems(written, context.above):
        return
    notes.reject(
        Column.COMMUNITY,
        "community_wrong",
        gettext_noop("The row names %(written)s, but this roster is for %(community)s."),
        written=written[:60],
        community=context.community[0],
    )


def _identity(
    row: RosterRow, own: Mapping[Column, object], context: Context, notes: _Notes, several: int
) -> Identity | None:
    cell = own.get(Column.ID_NUMBER, "")
    if is_nothing(cell):
        return None
    try:
        return read_id(cell, today=context.today, kind=read_id_kind(_cell(row, Column.ID_KIND)))
    except Refused as refusal:
        if several > 1 and refusal.code == "id_length":
            notes.reject(
                Column.ID_NUMBER,
                "id_several",
                gettext_noop("The cell names %(people)s people but not as many ID numbers: give each a row."),
                people=several,
            )
        else:
            notes.refused(Column.ID_NUMBER, refusal, Severity.REJECT)
        return None


def _sex(own: Mapping[Column, object], identity: Identity | None, notes: _Notes) -> Sex | None:
    cell = own.get(Column.SEX, "")
    written = read_sex(cell)
    if identity and identity.sex:
        if written and written is not identity.sex:
            notes.warn(
                Column.SEX, "sex_differs", gettext_noop("The sex differs from the ID number, which is taken.")
            )
        return identity.sex
    if written is None and not is_nothing(cell):
        notes.warn(
            Column.SEX, "sex", gettext_noop("“%(text)s” is no sex: left empty."), text=text_of(cell)[:20]
        )
    return written


def _born(
    own: Mapping[Column, object], identity: Identity | None, context: Context, notes: _Notes
) -> date | None:
    try:
        written = read_date(own.get(Column.BORN, ""), today=context.today)
    except ValueError:
        written = None
        if not (identity and identity.born_on):
            notes.warn(
                Column.BORN,
                "born",
                gettext_noop("“%(text)s” is no date of birth: left empty. Write it like 1980-05-17."),
                text=text_of(own.get(Column.BORN, ""))[:20],
            )
    if not (identity and identity.born_on):
        return written
    if written and written != identity.born_on:
        notes.warn(
            Column.BORN,
            "born_differs",
            gettext_noop("The date of birth differs from the ID number, which is taken."),
        )
    return identity.born_on


def _phones(own: Mapping[Column, object], context: Context, notes: _Notes) -> tuple[Phone, ...]:
    cell = own.get(Column.PHONE, "")
    if is_nothing(cell):
        return ()
    phones, problems = read_phones(cell, area_code=context.area_code)
    for problem in problems:
        notes.refused(Column.PHONE, problem, Severity.WARN)
    ordered = tuple(sorted(phones, key=lambda phone: phone.kind is not PhoneKind.MOBILE))
    if len(ordered) > 1:
        notes.warn(
            Column.PHONE,
            "phones_several",
            gettext_noop("There are %(count)s phone numbers: the first mobile is kept."),
            count=len(ordered),
        )
    return ordered


def _address(row: RosterRow, context: Context, notes: _Notes) -> tuple[Address, str]:
    number = (
        ""
        if is_nothing(_cell(row, Column.HOUSEHOLD))
        else squeeze(text_of(_cell(row, Column.HOUSEHOLD)))[:30]
    )
    parts = {column.value: _cell(row, column) for column in _PARTS}
    written = _cell(row, Column.ADDRESS)
    column = Column.ADDRESS if Column.ADDRESS in row.header.columns else Column.ROOM
    try:
        if is_nothing(written):
            parts = {name: "" if is_nothing(cell) else cell for name, cell in parts.items()}
            return _cached_parts(**parts), number
        address = _cached_address(text_of(written), above=context.community + context.above)
    except Refused as refusal:
        if number and refusal.code == "address_empty":
            return Address(compound=squeeze(parts["compound"])), number
        notes.refused(column, refusal, Severity.REJECT)
        return Address(), number
    return _completed(address, parts), number


def _completed(address: Address, parts: Mapping[str, object]) -> Address:
    """What the address leaves out, from columns of their own: its compound, its group, its building."""
    if is_nothing(parts["compound"]) and is_nothing(parts["group"]) and is_nothing(parts["building"]):
        return address
    try:
        beside = address_from_parts(
            **{name: "" if is_nothing(cell) else cell for name, cell in parts.items() if name != "room"},
            room=address.room or "0",
        )
    except Refused:
        return address
    group = address.group or ("" if address.building else beside.group)
    return replace(
        address,
        compound=address.compound or beside.compound,
        group=group,
        building=address.building or ("" if group else beside.building),
        unit=address.unit or beside.unit,
    )
