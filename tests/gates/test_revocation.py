"""The list of revoked passes, from the register to what a phone holds; and the other parts of the pack."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, passing
from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.models import Pass, Revocation
from shouwang.gates.queries import pack, trust
from shouwang.gates.queries.facts import outing_days
from shouwang.gates.rules.token import Revoked, TrustRefused, open_bundle, open_revoked, verify_token
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.profile import COVID_2020
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere

pytestmark = pytest.mark.django_db
TOWN, CITY, PROVINCE = 429006001000, 429006000000, 420000000000
HERE = DeviceHere(1, uuid4(), COMMUNITY, None, "东门")
GRANT = GrantedRange(COMMUNITY, COMMUNITY, PERMISSIONS[Role.GATE_KEEPER], "gate_keeper")
AT_THE_GATE = Scope(None, "东门", (GRANT,))


def asked(provider: Any, have: str = "", scope: Scope = AT_THE_GATE) -> Part | None:
    with acting(scope):
        return provider(scope, HERE, have)


def part(provider: Any, have: str = "") -> Part:
    found = asked(provider, have)
    assert found is not None
    assert json.loads(json.dumps(found.data)) == json.loads(json.dumps(found.data, default=str)), "plain JSON"
    return found


def read(found: Part, held: Revoked | None = None) -> Revoked:
    return open_revoked(found.data, trust.bundle().by_id(), held, COMMUNITY)


def register(area: int, **more: Any) -> Pass:
    """A pass of an area, as its issuer's action leaves it."""
    with acting(SYSTEM):
        return Pass.objects.create(
            **{
                "community": area, "area": area, "pass_id": uuid4(), "code": uuid4().hex[:6], "kind": "responder",
                "holder": f"王{uuid4().hex}", "valid_from": NOON, "issued_at": NOON,
                "valid_until": NOON + dt.timedelta(days=9),
            } | more
        )  # fmt: skip


def revoke(*passes: Pass) -> None:
    with acting(SYSTEM):
        actions.note_revoked(passes)


def test_a_phone_learns_what_was_revoked_and_then_only_what_is_new(village: Village) -> None:
    with acting(SYSTEM):
        first, second, third = Pass.objects.order_by("pk")
    empty = part(pack.revoked)
    assert read(empty).prefixes == frozenset()
    assert asked(pack.revoked, empty.version) is None
    revoke(first)
    whole = part(pack.revoked)
    held = read(whole)
    assert first.pass_id in held
    assert second.pass_id not in held
    revoke(second, third)
    more = part(pack.revoked, whole.version)
    assert more.since == whole.version
    assert len(read(more, held).prefixes) == 3
    with pytest.raises(TrustRefused, match="gap"):
        read(more)  # without what it adds to
    assert asked(pack.revoked, more.version) is None


def test_revoking_and_replacing_write_the_list(village: Village) -> None:
    with acting(SYSTEM):
        lost, other, _ = Pass.objects.order_by("pk")
        actions.revoke_pass(SYSTEM, pass_id=other.pk, reason="moved")
        fresh = actions.replace_pass(SYSTEM, pass_id=lost.pk, reason="lost")
    held = read(part(pack.revoked))
    assert [one.pass_id in held for one in (lost, other, fresh)] == [True, True, False]
    assert verify_token(actions.sign_pass(lost), trust.bundle().by_id()).pass_id in held


def test_noting_twice_changes_nothing_and_numbers_rise_even_when_the_clock_goes_back(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(SYSTEM):
        first, second, _ = Pass.objects.order_by("pk")
    revoke(first)
    revoke(first)
    monkeypatch.setattr(clock, "now", lambda: NOON - dt.timedelta(days=400))
    revoke(first, second)
    with acting(SYSTEM):
        numbers = list(Revocation.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [int(NOON.timestamp() * 1000), int(NOON.timestamp() * 1000) + 1]


def test_passes_of_the_areas_above_count_and_the_neighbours_do_not(village: Village) -> None:
    above = [register(area) for area in (TOWN, CITY, PROVINCE)]
    beside = [register(NEIGHBOUR), register(429006002000), register(429007000000)]
    revoke(*above, *beside)
    held = read(part(pack.revoked))
    assert all(one.pass_id in held for one in above)
    assert not any(one.pass_id in held for one in beside)


def test_what_has_expired_is_left_out_of_a_whole_list(village: Village) -> None:
    past, coming = register(COMMUNITY, valid_until=NOON + dt.timedelta(seconds=1)), register(COMMUNITY)
    revoke(past, coming)
    past_row = Revocation.objects.filter(pass_id=past.pass_id)
    with acting(SYSTEM):
        past_row.update(expires_at=NOON)
    assert read(part(pack.revoked)).prefixes == {coming.pass_id.bytes[:8]}


def test_one_that_is_committed_late_under_a_lower_number_still_arrives(village: Village) -> None:
    late, early = register(CITY), register(COMMUNITY)
    revoke(early)
    seen = part(pack.revoked)
    with acting(SYSTEM):  # its number was drawn before, its transaction ended after
        Revocation.objects.create(
            community=CITY, number=1, pass_id=late.pass_id, area=CITY, expires_at=late.valid_until
        )
    again = part(pack.revoked, seen.version)
    assert again.since is None
    assert late.pass_id in read(again, read(seen))


def test_a_server_put_back_to_an_older_copy_takes_nothing_from_a_phone(village: Village) -> None:
    forgotten, later = register(COMMUNITY), register(COMMUNITY)
    before = part(pack.revoked)
    revoke(forgotten)
    seen = part(pack.revoked, before.version)
    held = read(seen, read(before))
    with acting(SYSTEM):
        Revocation.objects.all().delete()  # the older copy
    restored = part(pack.revoked, seen.version)
    assert restored.since is None
    held = read(restored, held)
    assert forgotten.pass_id in held
    revoke(later)
    held = read(part(pack.revoked, restored.version), held)
    assert forgotten.pass_id in held
    assert later.pass_id in held


def test_passes_for_the_keyboard_come_whole_and_then_the_new_ones(village: Village) -> None:
    whole = part(pack.passes)
    with acting(SYSTEM):
        mine = Pass.objects.get(resident=village.people[0])
    row = next(row for row in whole.data if row[1] == mine.pass_id.hex)
    begins, ends = int(mine.valid_from.timestamp()), int(mine.valid_until.timestamp()) - 1
    assert row == [
        mine.code, mine.pass_id.hex, 1, village.household.pk, village.compound.pk, begins, ends, "张*", "",
    ]  # fmt: skip
    with acting(SYSTEM):
        claims = verify_token(actions.sign_pass(mine), trust.bundle().by_id())
    assert (row[3], row[5], row[6], row[7]) == (
        claims.household,
        claims.not_before,
        claims.expires,
        claims.label,
    )
    assert asked(pack.passes, whole.version) is None
    fresh, city = register(COMMUNITY, kind="supply", plate="鄂RD12345"), register(CITY)
    register(NEIGHBOUR)
    more = part(pack.passes, whole.version)
    assert more.since == whole.version
    assert [UUID(row[1]) for row in more.data] == [fresh.pass_id, city.pass_id]
    assert more.data[0][2:] == [
        5,
        0,
        0,
        int(fresh.valid_from.timestamp()),
        int(fresh.valid_until.timestamp()) - 1,
        "12345",
        "鄂RD12345",
    ]


@pytest.mark.parametrize("later", [0, 2])
def test_passes_given_the_numbers_of_others_by_a_server_put_back_arrive(village: Village, later: int) -> None:
    register(COMMUNITY)
    forgotten = [register(COMMUNITY), register(CITY)]
    seen = part(pack.passes)
    with acting(SYSTEM):  # the older copy, which counts on from where it was
        Pass.objects.filter(pk__in=[row.pk for row in forgotten]).delete()
    given = [register(row.community, id=row.pk) for row in forgotten] + [register(CITY) for _ in range(later)]
    again = part(pack.passes, seen.version)
    assert again.since is None
    held = {UUID(row[1]) for row in again.data}
    assert {row.pass_id for row in given} <= held
    assert held.isdisjoint(row.pass_id for row in forgotten)
    assert asked(pack.passes, again.version) is None


@pytest.mark.parametrize("have", ["7.7", "7", "x.y.z", "", "1.2.3.4", "99999999999999999999999.1."])
def test_a_version_that_nobody_gave_is_answered_whole(village: Village, have: str) -> None:
    assert part(pack.passes, have) == part(pack.passes)


def test_the_plain_parts_say_what_the_field_protocol_says(village: Village) -> None:
    place = part(pack.place)
    assert place.data["name"] == "新城社区"
    assert {"id": village.sealed.pk, "name": "北门", "compound": village.compound.pk,
            "compound_name": "滨江苑", "status": "sealed"} in place.data["gates"]  # fmt: skip
    assert asked(pack.place, place.version) is None
    numbers = part(pack.profile).data
    assert numbers["fever_above"] == "37.3"
    assert numbers["outing_every_days"] == 3
    assert numbers["zone"] == "Asia/Shanghai"
    open_bundle(part(pack.trust).data, trust.keyring().root)
    assert asked(pack.trust, part(pack.trust).version) is None


def test_who_must_stay_in_and_whose_passes_those_are(village: Village) -> None:
    assert part(pack.holds).data == part(pack.holders).data == []
    until = clock.today() + dt.timedelta(days=5)
    with acting(SYSTEM):
        actions.set_hold(
            SYSTEM, household_id=village.household.pk, resident_id=village.people[0].pk, until=until
        )
        mine = Pass.objects.get(resident=village.people[0])
    assert part(pack.holds).data == [[village.household.pk, village.people[0].pk, until.isoformat()]]
    assert part(pack.holders).data == [[mine.pass_id.hex, village.people[0].pk]]


def test_outings_are_those_that_the_desk_counts(village: Village) -> None:
    nobody = part(pack.outings)
    assert nobody.data == {}
    assert asked(pack.outings, nobody.version) is None
    days = [NOON - dt.timedelta(days=back) for back in (0, 1, 2, 3)]
    for at in days:
        passing(SYSTEM, village.gate, village.people[0], at, direction="out")
        passing(SYSTEM, village.gate, village.people[1], at, direction="in")
    passing(SYSTEM, village.gate, village.neighbours[0], NOON, temperature=Decimal("38.5"))
    found = part(pack.outings)
    with acting(SYSTEM):
        counted = outing_days(
            SYSTEM, community=COMMUNITY, households=[village.household.pk, village.neighbours[0].household_id],
            until=NOON, today=timezone.localdate(NOON), profile=COVID_2020,
        )  # fmt: skip
    assert counted
    assert found.data == {
        str(household): sorted(day.isoformat() for day in gone) for household, gone in counted.items()
    }


@pytest.mark.parametrize("name", pack.__all__)
def test_another_communitys_device_gets_nothing(village: Village, name: str) -> None:
    elsewhere = Scope(None, "x", (GrantedRange(NEIGHBOUR, NEIGHBOUR, PERMISSIONS[Role.GATE_KEEPER], "x"),))
    if name == "trust":
        return  # it hangs on no place
    with pytest.raises(Forbidden):
        asked(getattr(pack, name), "", elsewhere)
