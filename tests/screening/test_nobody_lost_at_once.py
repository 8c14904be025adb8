"""Everybody at once, over the pages and on real connections: nothing is lost, nothing is double, no page fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from access.people import user_with
from door.street import Street, build, form
from screening.test_gate import Taken
from screening.test_together import together
from screening.world import COMMUNITY, GATE, OFFICE, Home, inside, new_id
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.sealed import digest
from shouwang.access.wall import acting
from shouwang.grievances.models import Matter
from shouwang.people.actions import register_returnee
from shouwang.people.actions.editing import NewDoor, move_residents
from shouwang.people.enums import ReturneeSource
from shouwang.people.models import Pair, Proposal, Resident, Returnee, Sighting, Watch
from shouwang.people.queries.numbers import told_numbers
from shouwang.screening.actions import count_gate_temperature, open_round, print_sheet, sign_off_day
from shouwang.screening.models import Attempt, DueList, FeverCall, Ledger, Reading, Round
from shouwang.screening.queries import ledger
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.rules.sheets import write_number
from shouwang.supplies.models import Request, Telling
from shouwang.workforce import actions as workforce

pytestmark = pytest.mark.django_db(transaction=True)
HERE, CITY = (200, 302), 429006000000


@pytest.fixture
def street(transactional_db: None) -> Street:
    with inside():
        made = build()
        open_round(OFFICE, community=COMMUNITY)
    return made


def person(role: Role, area: int = COMMUNITY) -> Client:
    client = Client()
    user = user_with([(role, area)], username=f"{role}-{new_id().hex[-12:]}")
    client.force_login(user)
    if area != COMMUNITY:  # wide roles are asked for a second factor
        device = TOTPDevice.objects.create(user=user, name="totp", confirmed=True)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client


def record(home: Home, **more: Any) -> dict[str, str]:
    """The form of a call in which everybody is asked after."""
    cells = {f"temperature_{one}": "36.5" for one in home.people}
    return {"attempt_id": str(new_id()), "how": "call:reached:resident"} | cells | more


def door_form(**more: str) -> dict[str, str]:
    return {"id": str(new_id())} | more


def posting(client: Client, address: str, data: dict[str, str]) -> Callable[[], int]:
    return lambda: client.post(address, data).status_code


def desk(home: Home) -> str:
    with inside():
        return f"/screening/round/{Round.objects.get().pk}/household/{home.id}"


def everything_stands() -> Round:
    """The kept figures are the recount, the seven states add up, and whoever is here is due."""
    with inside():
        round_ = Round.objects.get()
        assert kept(round_) == recount(round_)
        listed = DueList.objects.get().residents
        assert len(set(listed)) == len(listed) == round_.residents_due
        here = set(
            Resident.objects.filter(community=COMMUNITY, presence="present").values_list("id", flat=True)
        )
        assert here <= set(listed)
        figures = ledger.day(OFFICE, COMMUNITY, clock.today()).now
        assert figures.due == figures.reached + figures.not_reached + figures.moved + figures.away
        return round_


def test_who_loses_against_another_is_done_over(street: Street) -> None:
    """A record holds the round and waits for the household's needs; somebody holds these and waits for the round."""
    home, caller, said = street.homes[0], person(Role.CALLER), list[int]()
    record_it = posting(caller, desk(home), record(home, needs="降压药一盒"))

    def call() -> None:
        said.append(record_it())
        connection.close()

    with inside():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('supplies.request'), %s)", [home.id])
        calling = threading.Thread(target=call)
        calling.start()
        with connection.cursor() as cursor:
            for _ in range(200):
                cursor.execute("select count(*) from pg_locks where not granted")
                if cursor.fetchone() != (0,):
                    break
                time.sleep(0.02)
        time.sleep(0.3)  # she has waited longer, so it is she who is undone
        Round.objects.select_for_update(no_key=True).get()
    calling.join(timeout=30)
    assert said == [302]
    with inside():
        assert (Attempt.objects.count(), Request.objects.count(), Telling.objects.count()) == (1, 1, 1)
    assert everything_stands().residents_reached == len(home.people)


def test_two_callers_a_report_and_the_gate_at_one_household(street: Street) -> None:
    for home in street.homes:
        callers = [person(Role.CALLER) for _ in range(2)]
        taken = Taken(COMMUNITY, new_id(), home.id, home.people[0], Decimal("37.9"), clock.now())

        def check(taken: Taken = taken) -> int:
            with acting(GATE):
                count_gate_temperature(GATE, taken)
            return 200

        answers = together(
            *(posting(one, desk(home), record(home, needs="米十斤", trouble="楼上漏水")) for one in callers),
            posting(Client(), street.url(home, "report"), form(home)),
            check,
        )
        assert set(answers) <= set(HERE), answers
    with inside():
        assert Attempt.objects.count() == 9
        assert Reading.objects.count() == sum(3 * len(home.people) + 1 for home in street.homes)
        assert Request.objects.count() == 3, "two told of the same need at once: one request a household"
        assert Telling.objects.count() == 6
        assert FeverCall.objects.count() == 3
    round_ = everything_stands()
    assert (round_.residents_reached, round_.households_reached, round_.fevers) == (6, 3, 3)


def test_the_roster_is_edited_while_records_with_news_arrive(street: Street) -> None:
    """An arrival who is on the roster, a fever of who moves, a need of who is merged: all at the same moment."""
    big, one, two = street.homes
    with inside():
        Resident.objects.filter(pk=big.people[0]).update(name="钱多多", phone_digest=digest("13800009999"))
    callers, offices = [person(Role.CALLER) for _ in range(2)], [person(Role.OFFICE) for _ in range(3)]
    sent = 0
    for _ in range(3):
        came = {"arrival_0_name": "钱多多", "arrival_0_origin": "武汉", "arrival_0_phone": "13800009999"}
        fever = {f"temperature_{big.people[0]}": "38.4"}
        answers = together(
            posting(callers[0], desk(big), record(big, needs="降压药") | came | fever),
            posting(callers[1], desk(two), record(two, needs="降压药") | came),
            posting(Client(), street.url(one, "report"), form(one)),
            posting(Client(), street.url(one, "arrival"), door_form(
                name="钱多多", origin="武汉", phone="13800009999", to_stay="yes")),
            posting(offices[0], f"/people/households/{big.id}/move",
                    {"residents": str(big.people[0]), "where": "own"}),
            posting(offices[1], f"/people/households/{one.id}/merge", {"other": str(two.id)}),
            posting(offices[2], f"/people/households/{big.id}/move",
                    {"residents": str(big.people[1]), "where": "other", "address": "9栋1单元101"}),
        )  # fmt: skip
        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
        sent += sum(answer in HERE for answer in answers[:3])
        with inside():
            assert Attempt.objects.count() == sent
            back = Resident.objects.exclude(household=big.id).filter(pk__in=big.people)
            move_residents(OFFICE, resident_ids=list(back.values_list("id", flat=True)), household_id=big.id)
            move_residents(OFFICE, resident_ids=two.people, household_id=two.id)
        everything_stands()
    assert sent >= 3
    with inside():
        # Where the move came first the record was refused, and said so; nothing of it was dropped in silence.
        fevers = Reading.objects.filter(resident=big.people[0], fever=True).count()
        assert fevers == Attempt.objects.filter(household=big.id, needs="降压药").count()
        assert FeverCall.objects.count() == min(fevers, 1)
        (returnee,) = Returnee.objects.all()
        assert (returnee.name, returnee.resident_id) == ("钱多多", big.people[0])


def test_the_office_signs_off_while_records_arrive(street: Street) -> None:
    callers, office = [person(Role.CALLER) for _ in street.homes], person(Role.OFFICE)
    day = clock.today().isoformat()
    address = f"/screening/{COMMUNITY}/ledger/sign-off"
    answers = together(
        *(posting(one, desk(home), record(home)) for one, home in zip(callers, street.homes, strict=True)),
        *(posting(office, address, {"day": day, "not_reached": str(left)}) for left in range(7)),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert answers[:3] == [302] * 3
    with inside():
        Ledger.objects.exists() or sign_off_day(OFFICE, community=COMMUNITY, day=clock.today(), not_reached=0)
        (row,) = Ledger.objects.all()
        assert row.due == 6 == len(set(row.residents))
        told = ledger.day(OFFICE, COMMUNITY, clock.today())
        assert told.stood
        assert told.stood.reached + told.changed == told.now.reached == 6
    everything_stands()


def test_every_form_twice_at_once(street: Street) -> None:
    big, one, two = street.homes
    caller, office, headquarters = person(Role.CALLER), person(Role.OFFICE), person(Role.HEADQUARTERS, CITY)

    def twice(client: Client, address: str, data: dict[str, str]) -> None:
        answers = together(*[posting(client, address, data)] * 3)
        assert set(answers) <= set(HERE), (address, answers)

    twice(caller, desk(one), record(one, needs="一袋米", trouble="楼上漏水"))
    twice(Client(), street.url(two, "report"), form(two, **{f"t{two.people[0]}": "38.1"}))
    twice(Client(), street.url(two, "help"), door_form(text="要退烧药"))
    twice(Client(), street.url(two, "complain"), door_form(text="没有人送菜", kind="complaint"))
    twice(Client(), street.url(two, "arrival"), door_form(name="孙远来", origin="武汉", to_stay="yes"))
    with inside():
        fever, asked = FeverCall.objects.get(), Request.objects.get(household=one.id)
        matter, proposal = Matter.objects.get(household=one.id), Proposal.objects.get()
        load = workforce.make_caseload(OFFICE, community=COMMUNITY, caller_name="王姐")
        workforce.move_households(OFFICE, community=COMMUNITY, household_ids=[big.id], caseload_id=load.pk)
        sheet = print_sheet(OFFICE, caseload_id=load.pk, day=clock.today())
    cells = {f"p_{who}": "36.5" for who in big.people}
    twice(office, f"/screening/sheets/{write_number(sheet.pk)}",
          {"channel": "visit", "who": "2", "time": "00:01"} | cells)  # fmt: skip
    twice(headquarters, f"/screening/{COMMUNITY}/fevers/{fever.pk}/take", {})
    twice(headquarters, f"/screening/{COMMUNITY}/fevers/{fever.pk}/end", {"end": "home"})
    twice(office, f"/supplies/requests/{asked.pk}/take", {})
    twice(office, f"/supplies/requests/{asked.pk}/settle", {"state": "done", "answer": "明天送到"})
    twice(office, f"/grievances/{matter.pk}/take", {})
    twice(office, f"/people/proposals/{proposal.pk}/confirm", {})
    with inside():
        assert Attempt.objects.count() == 3
        assert Reading.objects.count() == 6
        assert {str(one.text) for one in Request.objects.all()} == {"一袋米", "要退烧药"}
        assert Telling.objects.count() == 2
        assert Matter.objects.count() == 2
        assert Watch.objects.filter(resident=two.people[0], twice_daily=True, closed_at=None).count() == 1
        assert Resident.objects.filter(name="孙远来").count() == Returnee.objects.count() == 1
    round_ = everything_stands()
    with inside():
        again = len(
            DueList.objects.get().twice
        )  # she who is at home with a fever is asked again in the evening
    assert (round_.residents_due, round_.residents_reached, round_.attempts) == (7, 6 - again, 3)


def test_a_pair_is_decided_twice_at_once_and_differently(street: Street) -> None:
    offices = [person(Role.OFFICE) for _ in range(2)]
    for name, phone in (("王小明", "13800001111"), ("王晓明", "13800001112")):
        with inside():
            register_returnee(
                OFFICE, community=COMMUNITY, name=name, numbers=told_numbers("", phone, today=clock.today()),
                origin="武汉", source=ReturneeSource.CALL, source_id=new_id(),
            )  # fmt: skip
    with inside():
        pair = Pair.objects.get()
    address = f"/people/pairs/{pair.pk}/decide"
    answers = together(
        *(
            posting(offices[at % 2], address, {"decision": said})
            for at, said in enumerate(("join", "apart") * 2)
        )
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    with inside():
        pair.refresh_from_db()
        people = set(Sighting.objects.values_list("returnee", flat=True))
        assert len(people) == (1 if pair.joining == "join" else 2) == Returnee.objects.count()


def test_a_report_put_right_to_a_fever_is_on_the_list(street: Street) -> None:
    home = street.homes[1]
    said = form(home)
    for degrees in ("36.8", "38.6"):
        assert (
            Client().post(street.url(home, "report"), said | {f"t{home.people[0]}": degrees}).status_code
            == 302
        )
    with inside():
        assert str(FeverCall.objects.get().temperature) == "38.6"
    assert everything_stands().fevers == 1


def test_a_fever_of_somebody_who_has_just_moved_is_not_dropped_in_silence(street: Street) -> None:
    big, caller = street.homes[0], person(Role.CALLER)
    said = record(big) | {f"temperature_{big.people[0]}": "38.4", f"symptoms_{big.people[0]}": "none"}
    address = desk(big)
    with inside():
        new = move_residents(OFFICE, resident_ids=[big.people[0]], door=NewDoor("9栋1单元101"))
    assert caller.post(address, said).status_code == 422
    with inside():
        assert not Attempt.objects.exists()
    assert caller.post(address, record(Home(big.id, big.people[1:]))).status_code == 302
    assert caller.post(desk(Home(new.pk, big.people[:1])), said).status_code == 422
    alone = record(Home(new.pk, big.people[:1])) | {f"temperature_{big.people[0]}": "38.4"}
    assert caller.post(desk(Home(new.pk, ())), alone).status_code == 302
    assert everything_stands().fevers == 1
