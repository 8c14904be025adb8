"""Reveal, export and the audit page: every look leaves a trace, and the trace shows no more than it should."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from access.people import COMMUNITY, COUNTY, TOWN, VILLAGE, refused, scope_with, system, user_with
from shouwang.access import actions, clock, queries
from shouwang.access.enums import PERMISSIONS, Permission, Role
from shouwang.access.models import AuditEntry, User
from shouwang.access.queries import AuditFilter
from shouwang.access.sealed import Sealed, seal
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import NOWHERE, Scope

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"
SignIn = Callable[[User], Client]


def look(scope: Scope, community: int = COMMUNITY) -> str:
    return actions.reveal(
        scope,
        community=community,
        subject_kind="resident",
        subject_id=7,
        field="id_number",
        sealed=Sealed(seal(ID_NUMBER)),
    )


def entries(**wanted: object) -> list[AuditEntry]:
    with acting(system()):
        return list(AuditEntry.objects.filter(**wanted).order_by("id"))


def test_a_reveal_shows_the_number_and_leaves_a_trace_without_it() -> None:
    scope = scope_with((Role.CALLER, COMMUNITY))
    with acting(scope):
        assert look(scope) == ID_NUMBER
        assert look(scope) == ID_NUMBER
    first, second = entries(verb="reveal")
    assert (first.actor, first.community, first.subject_kind, first.subject_id) == (
        scope.actor_id, COMMUNITY, "resident", "7",
    )  # fmt: skip
    assert first.detail == {"field": "id_number", "in_24_hours": 1}
    assert second.detail == {"field": "id_number", "in_24_hours": 2}
    assert ID_NUMBER not in str(first.detail)


@pytest.mark.parametrize("role", [r for r in Role if Permission.REVEAL_SEALED not in PERMISSIONS[r]])
def test_some_roles_reveal_nothing(role: Role) -> None:
    scope = scope_with((role, COUNTY if role is Role.ADMINISTRATOR else COMMUNITY))
    with acting(scope), pytest.raises(Forbidden):
        look(scope)
    assert entries(verb="reveal") == []


def test_nobody_reveals_outside_her_range() -> None:
    scope = scope_with((Role.CALLER, COMMUNITY))
    with acting(scope), pytest.raises(Forbidden):
        look(scope, VILLAGE)


def test_what_is_not_recorded_cannot_be_shown() -> None:
    scope = scope_with((Role.CALLER, COMMUNITY))
    with acting(scope), refused("nothing_sealed"):
        actions.reveal(
            scope, community=COMMUNITY, subject_kind="resident", subject_id=7, field="phone", sealed=None
        )


def test_entry_and_act_are_one_transaction() -> None:
    scope = scope_with((Role.CALLER, COMMUNITY))

    def look_and_fail() -> None:
        with acting(scope):
            look(scope)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        look_and_fail()
    assert entries(verb="reveal") == []


def test_an_export_is_recorded_and_marked() -> None:
    scope = scope_with((Role.OFFICE, COMMUNITY))
    with acting(scope):
        mark = actions.record_export(scope, kind="daily_report", area=COMMUNITY, rows=358)
    (entry,) = entries(verb="export")
    assert (entry.community, entry.subject_kind, entry.detail) == (COMMUNITY, "daily_report", {"rows": 358})
    assert "王敏" in mark
    assert str(entry.id)[-12:].upper() in mark
    with acting(scope), pytest.raises(Forbidden):
        actions.record_export(scope, kind="daily_report", area=TOWN, rows=1)


def test_acts_of_no_place_are_kept_and_only_the_countys_administrator_reads_them() -> None:
    nobody = user_with(username="no.role")
    actions.record_sign_in(nobody)
    assert [entry.community for entry in entries(verb="sign_in")] == [NOWHERE]
    for role_area, sees in (((Role.ADMINISTRATOR, COUNTY), 1), ((Role.ADMINISTRATOR, TOWN), 0)):
        scope = scope_with(role_area, username=f"admin{role_area[1]}")
        with acting(scope):
            assert queries.audit_entries(scope, AuditFilter(verb="sign_in")).count() == sees


def test_who_signs_in_somewhere_is_seen_by_whoever_keeps_the_audit_there() -> None:
    actions.record_sign_in(user_with([(Role.CALLER, COMMUNITY)], username="li.na"))
    town = scope_with((Role.ADMINISTRATOR, TOWN))
    other = scope_with((Role.ADMINISTRATOR, VILLAGE), username="other")
    for scope, sees in ((town, 1), (other, 0)):
        with acting(scope):
            assert queries.audit_entries(scope, AuditFilter(verb="sign_in")).count() == sees


# -- the page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def history() -> User:
    """130 entries of two people in two communities over three days; the keeper of the county's audit."""
    keeper = user_with([(Role.ADMINISTRATOR, COUNTY)], username="keeper")
    for number, name in enumerate(("first.caller", "second.caller")):
        scope = scope_with((Role.CALLER, (COMMUNITY, VILLAGE)[number]), username=name)
        with acting(scope):
            for _look in range(65):
                look(scope, (COMMUNITY, VILLAGE)[number])
    return keeper


def shown(page: object) -> int:
    return len(page.context["rows"])  # type: ignore[attr-defined]


def test_pages_follow_each_other_without_gap_or_repetition(sign_in: SignIn, history: User) -> None:
    client, address, seen = sign_in(history), "", []
    while True:
        page = client.get(f"/accounts/audit/{address or '?verb=reveal'}")
        seen.append([row["entry"].id for row in page.context["rows"]])
        if not page.context["older"]:
            break
        address = page.context["older"]
    flat = [one for part in seen for one in part]
    assert [len(part) for part in seen] == [50, 50, 30]
    assert flat == sorted(set(flat), reverse=True)
    back = client.get(f"/accounts/audit/{page.context['newer']}")
    assert [row["entry"].id for row in back.context["rows"]] == seen[1]


def test_filters(sign_in: SignIn, history: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in(history)
    assert shown(client.get("/accounts/audit/?verb=reveal&person=second.c")) == 50
    assert shown(client.get(f"/accounts/audit/?verb=reveal&area={VILLAGE}&person=first.c")) == 0
    assert shown(client.get("/accounts/audit/?kind=resident&subject=8")) == 0
    assert shown(client.get("/accounts/audit/?kind=resident&subject=7&verb=reveal")) == 50
    today = clock.today()
    assert shown(client.get(f"/accounts/audit/?verb=reveal&day={today}")) == 50
    assert shown(client.get(f"/accounts/audit/?verb=reveal&day={today - dt.timedelta(days=1)}")) == 0
    assert client.get("/accounts/audit/?day=nonsense&before=nonsense").status_code == 200


def test_the_page_shows_who_looks_most(sign_in: SignIn, history: User) -> None:
    page = sign_in(history).get("/accounts/audit/")
    assert [looks for _name, _person, looks in page.context["reveals"]] == [65, 65]


def test_the_page_costs_the_same_few_queries_however_much_there_is(sign_in: SignIn, history: User) -> None:
    client = sign_in(history)
    client.get("/accounts/audit/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/accounts/audit/")
    assert len(asked) <= 16


def test_taking_the_audit_away_is_audited_and_marked(sign_in: SignIn, history: User) -> None:
    response = sign_in(history).get("/accounts/audit/export.csv?verb=reveal")
    rows = list(csv.reader(io.StringIO(response.content.decode().lstrip("\ufeff"))))
    assert len(rows) == 1 + 130 + 1
    assert re.search("编号|number", rows[-1][0])
    (entry,) = entries(verb="export")
    assert (entry.actor, entry.subject_kind, entry.detail["rows"]) == (history.pk, "audit", 130)
    assert ID_NUMBER not in response.content.decode()
