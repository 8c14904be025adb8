"""A small city with two towns, its figures, and users who see more or less of it."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.access.enums import Role
from shouwang.access.models import Grant, User
from shouwang.access.wall import acting
from shouwang.gates.models import GateDay
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.models import Household, Population, Resident
from shouwang.places import actions
from shouwang.places.enums import EntranceStatus
from shouwang.screening.models import Reading, Round

CITY, TOWN, OTHER_TOWN = 429006_000_000, 429006001_000, 429006002_000
NEAR, FAR = 429006001_001, 429006002_001
NOW = dt.datetime(2020, 2, 21, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY, YESTERDAY = NOW.date(), NOW.date() - dt.timedelta(days=1)
SYSTEM = Scope.system(reason="test")


@dataclass
class City:
    """Makes what a test needs; everything inside the wall."""

    communities: int

    def people(self, community: int, residents: int, *, households: int = 1) -> None:
        with acting(SYSTEM):
            Population.objects.update_or_create(
                community=community,
                defaults={
                    "households": households, "residents": residents, "present": residents, "updated_at": NOW,
                },
            )  # fmt: skip

    def round(
        self,
        community: int,
        *,
        due: int,
        reached: int,
        day: dt.date = TODAY,
        slot: str = "day",
        fevers: int = 0,
    ) -> Round:
        with acting(SYSTEM):
            return Round.objects.create(
                community=community, day=day, slot=slot, opened_at=NOW - (TODAY - day), households_due=due,
                residents_due=due, households_reached=reached, residents_reached=reached, attempts=reached,
                fevers=fevers, updated_at=NOW,
            )  # fmt: skip

    def checks(self, community: int, *, checks: int, refused: int = 0, fevers: int = 0) -> None:
        with acting(SYSTEM):
            gate = actions.add_entrance(SYSTEM, community=community, name="大门", status=EntranceStatus.OPEN)
            GateDay.objects.create(
                community=community, entrance=gate, day=TODAY, checks=checks, passed=checks - refused,
                refused=refused, fevers=fevers,
            )  # fmt: skip

    def fever(
        self, community: int, round_: Round, *, name: str = "欧阳修", temperature: str = "37.8"
    ) -> None:
        with acting(SYSTEM):
            home = Household.objects.create(
                community=community, address="1-1-101", address_key="1-1-101", created_at=NOW, updated_at=NOW
            )
            person = Resident.objects.create(
                community=community, household=home, name=name, created_at=NOW, updated_at=NOW
            )
            at = NOW - dt.timedelta(minutes=65)
            Reading.objects.bulk_create(
                [
                    Reading(
                        community=community, id=mint(at), round=round_.pk, day=TODAY, household=home.pk,
                        resident=person.pk, source="gate", temperature=temperature, symptoms=[], fever=True,
                        made_at=at, received_at=at,
                    )
                ]
            )  # fmt: skip


def make_city(each: int) -> City:
    """``each`` communities in each of two towns, under 天门市."""
    rows = ["code,name", "429006,天门市", "429006001,竟陵街道", "429006002,多宝镇"]
    for town in ("001", "002"):
        rows += [f"429006{town}{n:03d},甲{town}{n}社区" for n in range(1, each + 1)]
    with acting(SYSTEM):
        actions.import_divisions(SYSTEM, content="\n".join(rows).encode(), file_name="x.csv")
    return City(2 * each)


def sign_in(role: Role, area: int) -> Client:
    """A client of a new user with the role in the area, past the second factor."""
    user = User.objects.create(
        username=f"{role}-{User.objects.count()}", display_name="值班员", created_at=NOW, language="zh-hans"
    )
    first, last = areas.span(area)
    Grant.objects.create(user=user, role=role, area=area, first=first, last=last, granted_at=NOW)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    device = TOTPDevice.objects.create(user=user, name="phone", confirmed=True)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client
