"""What was said of the roster waits until the office confirms it; then the roster says so, once."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from access.people import user_with
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, SYSTEM, Home, inside, new_id, scope_as, settle
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.people.actions.editing import change_resident
from shouwang.people.actions.proposals import confirm_proposal, decline_proposal, propose, reveal_proposal
from shouwang.people.actions.told import take_arrivals, take_presence
from shouwang.people.enums import Presence, ProposalState
from shouwang.people.models import Proposal, Resident, Sighting
from shouwang.people.queries.proposals import proposals, side_by_side
from shouwang.people.rules.editing import Told
from shouwang.places.models import Area

pytestmark = pytest.mark.django_db
CALLER, GATE = scope_as(Role.CALLER), scope_as(Role.GATE_KEEPER)
ID = "42900619800101123X"


@dataclass(frozen=True)
class Arrival:
    name: str = "李芳"
    id_number: str = ""
    phone: str = "13912345678"
    origin: str = "武汉"
    arrived_on: dt.date | None = None
    to_stay: bool = True


@dataclass(frozen=True)
class News:
    community: int
    household_id: int
    source_id: UUID
    channel: str
    told_at: dt.datetime
    arrivals: tuple[Arrival, ...] = ()
    resident_id: int = 0
    now: str = ""


@pytest.fixture
def homes(db: None) -> list[Home]:
    with inside():
        Area.objects.create(code=429006000000, name="天门市", level=3)
        Area.objects.create(code=429006001000, name="竟陵街道", level=4, parent_id=429006000000)
        Area.objects.create(code=COMMUNITY, name="新城社区", level=5, parent_id=429006001000)
        return settle([3, 1, 2])


@pytest.fixture(autouse=True)
def wall(homes: list[Home], request: pytest.FixtureRequest):
    if "sign_in" in request.fixturenames:  # the pages open it themselves
        yield
    else:
        with inside():
            yield


def proposed(
    home: Home, kind: str, said: dict, *, at: int | None = None, scope: Scope = CALLER, **kept
) -> Proposal:
    given = {"source": "call", "source_id": new_id(), "made_at": None} | kept
    return propose(
        scope, community=COMMUNITY, household_id=home.id, resident_id=None if at is None else home.people[at],
        kind=kind, said=said, **given,
    )  # fmt: skip


def news(home: Home, **kept) -> News:
    return News(**{"community": COMMUNITY, "household_id": home.id, "source_id": new_id(), "channel": "call",
                   "told_at": clock.now()} | kept)  # fmt: skip


def test_who_moved_in_is_proposed_once_and_enters_the_register(homes: list[Home]) -> None:
    told = news(homes[0], arrivals=(Arrival(), Arrival("王强", origin="", to_stay=False)))
    for _ in range(3):
        take_arrivals(CALLER, told)
    assert Proposal.objects.count() == 2
    [sighting] = Sighting.objects.all()
    assert (sighting.name, sighting.origin, sighting.source) == ("李芳", "武汉", "call")
    [first, second] = side_by_side(OFFICE, list(proposals(OFFICE, COMMUNITY)))
    assert ([first.name, second.name], second.to_stay) == (["李芳", "王强"], False)
    assert Resident.objects.filter(name="李芳").count() == 0


def test_confirmed_she_is_on_the_roster_once(homes: list[Home]) -> None:
    day = (clock.today() - dt.timedelta(days=2)).isoformat()
    proposal = proposed(
        homes[0], "moved_in",
        {"name": "李 芳", "phone": "139 1234 5678", "origin": "武汉", "arrived_on": day, "relation": "女儿"},
        source="door",
    )  # fmt: skip
    for _ in range(2):
        confirm_proposal(OFFICE, proposal_id=proposal.pk)
    her = Resident.objects.get(name="李芳")
    assert (her.household_id, her.phone_mask, her.presence) == (homes[0].id, "139****5678", Presence.PRESENT)
    assert her.presence_since.isoformat() == day
    proposal.refresh_from_db()
    assert (proposal.state, proposal.settled_as) == (ProposalState.CONFIRMED, her.pk)
    [sighting] = Sighting.objects.all()
    assert (sighting.source, sighting.origin) == ("declared", "武汉")
    assert AuditEntry.objects.filter(verb="confirm_proposal").count() == 1


def test_a_newcomer_who_is_on_the_roster_is_shown_and_joined(homes: list[Home]) -> None:
    her = Resident.objects.get(pk=homes[2].people[1])
    change_resident(OFFICE, resident_id=her.pk, told=Told(phone="13912345678"))
    proposal = proposed(homes[0], "moved_in", {"name": "赵小妹", "phone": "13912345678", "relation": "女儿"})
    [line] = side_by_side(OFFICE, [proposal])
    assert [(one.resident.pk, one.why) for one in line.candidates] == [(her.pk, "phone")]
    confirm_proposal(OFFICE, proposal_id=proposal.pk, resident_id=her.pk)
    her.refresh_from_db()
    assert (her.household_id, her.name, her.relation) == (homes[0].id, "赵1", "女儿")
    assert Resident.objects.count() == 6


def test_a_number_that_does_not_check_can_be_left_out(homes: list[Home]) -> None:
    proposal = proposed(
        homes[0], "moved_in", {"name": "李芳", "id_number": "4290061980010112345", "sex": "f"}
    )
    [line] = side_by_side(OFFICE, [proposal])
    assert {side.field: side.checks for side in line.sides} == {"name": True, "sex": True, "id_number": False}
    with pytest.raises(Refused):
        confirm_proposal(OFFICE, proposal_id=proposal.pk)
    confirm_proposal(OFFICE, proposal_id=proposal.pk, without=["id_number"])
    assert Resident.objects.get(name="李芳").id_tail == ""


def test_what_is_wrong_is_put_right_and_shown_side_by_side(homes: list[Home]) -> None:
    proposal = proposed(homes[0], "correct", {"name": "赵零", "phone": "13800001234"}, at=0)
    [line] = side_by_side(OFFICE, [proposal])
    assert [(side.field, side.now, side.said) for side in line.sides] == [
        ("name", "赵0", "赵零"),
        ("phone", "138****1234", "138****1234"),
    ]
    confirm_proposal(OFFICE, proposal_id=proposal.pk)
    assert Resident.objects.get(pk=homes[0].people[0]).name == "赵零"


@pytest.mark.parametrize(
    ("now", "presence"), [("away", Presence.AWAY), ("moved", Presence.MOVED), ("back", Presence.PRESENT)]
)
def test_who_is_here_is_proposed_and_confirmed(homes: list[Home], now: str, presence: Presence) -> None:
    person = homes[2].people[0]
    Resident.objects.filter(pk=person).update(presence=Presence.AWAY if now == "back" else Presence.PRESENT)
    told = news(homes[2], resident_id=person, now=now)
    for _ in range(2):
        take_presence(CALLER, told)
    [proposal] = Proposal.objects.all()
    assert Resident.objects.get(pk=person).presence != presence
    confirm_proposal(OFFICE, proposal_id=proposal.pk)
    assert Resident.objects.get(pk=person).presence == presence


def test_declined_the_roster_stays(homes: list[Home]) -> None:
    proposal = proposed(homes[0], "moved_out", {}, at=1)
    decline_proposal(OFFICE, proposal_id=proposal.pk, remarks="只是去买菜")
    with pytest.raises(Refused, match="meanwhile"):
        confirm_proposal(OFFICE, proposal_id=proposal.pk)
    assert Resident.objects.get(pk=homes[0].people[1]).presence == Presence.PRESENT


@pytest.mark.parametrize(
    ("kind", "said", "at", "match"),
    [
        ("moved_in", {"phone": "13912345678"}, None, "Write down the name"),
        ("correct", {}, 0, "what is to be corrected"),
        ("correct", {"colour": "red"}, 0, "nothing that the roster keeps"),
        ("correct", {"sex": "x"}, 0, "male or female"),
        ("correct", {"born_on": "1980"}, 0, "is no day"),
        ("moved_in", {"name": "李芳", "arrived_on": "2999-01-01"}, None, "still to come"),
        ("moved_in", {"name": "李" * 61}, None, "too long"),
        ("correct", {"presence": "flying"}, 0, "one of the list"),
        ("moved_out", {}, None, "Choose the person"),
    ],
)
def test_what_cannot_be_is_refused(
    homes: list[Home], kind: str, said: dict, at: int | None, match: str
) -> None:
    with pytest.raises(Refused, match=match):
        proposed(homes[0], kind, said, at=at)


def test_who_may_what(homes: list[Home]) -> None:
    proposal = proposed(
        homes[0], "moved_in", {"name": "李芳", "phone": "13912345678"}, scope=GATE, source="gate"
    )
    with pytest.raises(Forbidden):
        proposed(homes[0], "moved_in", {"name": "李芳"}, scope=scope_as(Role.REPORTER))
    for role in (Role.CALLER, Role.GATE_KEEPER, Role.TOWN):
        with pytest.raises(Forbidden):
            confirm_proposal(scope_as(role), proposal_id=proposal.pk)
        with pytest.raises(Forbidden):
            reveal_proposal(scope_as(role), proposal_id=proposal.pk, field="phone")
    beside = scope_as(Role.OFFICE, ELSEWHERE)
    with acting(beside), pytest.raises(NotFound):
        confirm_proposal(beside, proposal_id=proposal.pk)
    assert reveal_proposal(OFFICE, proposal_id=proposal.pk, field="phone") == ("13912345678", COMMUNITY)
    with pytest.raises(NotFound):
        propose(
            SYSTEM, community=ELSEWHERE, household_id=homes[0].id, resident_id=None, kind="moved_in",
            said={"name": "李芳"}, source="door", source_id=None,
        )  # fmt: skip


def test_the_page(sign_in, homes: list[Home]) -> None:
    with inside():
        proposed(homes[0], "moved_in", {"name": "李芳", "phone": "13912345678", "id_number": "429"})
        last = proposed(homes[0], "correct", {"relation": "户主"}, at=1)
    client: Client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    url = reverse("people:proposals", args=[COMMUNITY])
    text = client.get(url).content.decode()
    assert "李芳" in text
    assert "139****5678" in text
    assert "13912345678" not in text
    with inside():
        first = Proposal.objects.exclude(pk=last.pk).get()
    shown = client.post(reverse("people:reveal_proposal", args=[first.pk]), {"field": "phone"})
    assert "13912345678" in shown.content.decode()
    confirm = reverse("people:confirm_proposal", args=[first.pk])
    offered = ["name", "phone", "id_number"]
    assert client.post(confirm, {"offered": offered, "field": offered}).status_code == 422
    assert client.post(confirm, {"offered": offered, "field": ["name", "phone"]}).status_code == 302
    assert client.post(reverse("people:decline_proposal", args=[last.pk])).status_code == 302
    assert "李芳" in client.get(url, {"state": "confirmed"}).content.decode()
    with inside():
        assert Resident.objects.filter(name="李芳").exists()
