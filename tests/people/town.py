"""An invented community with rosters made in code, for the tests of people."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from openpyxl import Workbook

from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.wall import acting
from shouwang.kernel.identity import check_digit
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.people.enums import ImportState
from shouwang.people.models import RosterImport
from shouwang.places.models import Area

COMMUNITY, NEIGHBOUR = 429006001023, 429006001024
HEADINGS = ("姓名", "与户主关系", "公民身份号码", "联系电话", "住址", "备注")


def scope_of(role: Role = Role.OFFICE, community: int = COMMUNITY, actor: int | None = None) -> Scope:
    return Scope(actor, str(role), (GrantedRange(community, community, PERMISSIONS[role], role),))


def id_number(serial: int, born: str = "19800101") -> str:
    """A valid invented number; odd serials are male."""
    first17 = f"429006{born}{serial:03d}"
    return first17 + check_digit(first17)


def xlsx(*rows: Sequence[object], sheet: str = "Sheet1") -> bytes:
    return workbook({sheet: rows})


def workbook(sheets: dict[str, Iterable[Sequence[object]]], merged: Sequence[str] = ()) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in merged:
            sheet.merge_cells(cells)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@contextmanager
def settled(*communities: int) -> Iterator[None]:
    """The areas are there, and the wall is open for what follows."""
    with acting(Scope.system(reason="tests")):
        for code, name, level in (
            (429006000000, "天门市", 3),
            (429006001000, "竟陵街道", 4),
            (COMMUNITY, "新城社区", 5),
            (NEIGHBOUR, "新城北社区", 5),
        ):
            Area.objects.get_or_create(code=code, defaults={"name": name, "level": level})
        yield


def load(
    content: bytes, name: str = "名册.xlsx", scope: Scope | None = None, community: int = COMMUNITY
) -> RosterImport:
    """Preview and load at once, as the office does in two steps."""
    from shouwang.people import actions

    scope = scope or scope_of()
    upload = actions.preview_roster(scope, community=community, file_name=name, content=content)
    assert upload.state == ImportState.PREVIEW
    return actions.load_roster(scope, import_id=upload.pk)
