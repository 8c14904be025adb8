"""An invented community with rosters made in code, for the tests of people."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from openpyxl import Workbook

from access.people import COUNTY, TOWN, user_with
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
        for code, name, level, parent in (
            (COUNTY, "天门市", 3, None),
            (TOWN, "竟陵街道", 4, COUNTY),
            (COMMUNITY, "新城社区", 5, TOWN),
            (NEIGHBOUR, "新城北社区", 5, TOWN),
        ):
            Area.objects.get_or_create(
                code=code, defaults={"name": name, "level": level, "parent_id": parent}
            )
        yield


def sign_in(role: Role, community: int = COMMUNITY) -> Client:
    """A browser of somebody with this role, reading English, her second factor shown."""
    area = {Role.HEADQUARTERS: COUNTY, Role.TOWN: TOWN, Role.ADMINISTRATOR: COUNTY}.get(role, community)
    client = Client(headers={"accept-language": "en"})
    user = user_with([(role, area)], username=f"test.{role}.{area}")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=user, name="test").persistent_id
    session.save()
    return client


def load(
    content: bytes, name: str = "名册.xlsx", scope: Scope | None = None, community: int = COMMUNITY
) -> RosterImport:
    """Preview and load at once, as the office does in two steps."""
    from shouwang.people import actions

    scope = scope or scope_of()
    upload = actions.preview_roster(scope, community=community, file_name=name, content=content)
    assert upload.state == ImportState.PREVIEW
    return actions.load_roster(scope, import_id=upload.pk)
