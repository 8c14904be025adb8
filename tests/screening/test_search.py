"""Whatever was said on a call, a visit or a report is found by any piece of it, and quickly."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from access.people import user_with
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, inside, new_id, scope_as
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden
from shouwang.screening.actions import open_round, record_attempt
from shouwang.screening.queries.search import _FOUND, LIMIT, said


def told(home: Home, **texts: object) -> None:
    record_attempt(
        OFFICE, attempt_id=texts.pop("attempt_id", new_id()), household_id=home.id, channel="call",
        outcome="refused", answered_by="resident", community=COMMUNITY, **texts,
    )  # fmt: skip


def found(text: str, *, days: int = 3) -> list[int]:
    since = clock.now() - dt.timedelta(days=days)
    return [one.household_id for one in said(OFFICE, COMMUNITY, text, since=since)]


def test_any_piece_of_any_text(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    told(homes[0], needs="胰岛素只剩一支 Lantus")
    told(homes[1], remarks="邻居家的狗一直叫")
    told(homes[2])
    assert found("岛素") == found("lantus") == [homes[0].id]
    assert found("的狗") == [homes[1].id]
    assert found("%") == found("_") == found("") == []


def test_what_was_corrected_is_no_longer_found(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    wrong = new_id()
    told(homes[0], needs="奶粉", attempt_id=wrong)
    told(homes[0], needs="尿不湿", corrects=wrong)
    assert found("奶粉") == []
    assert found("尿不湿") == [homes[0].id]


def test_who_may_search(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    told(homes[0], needs="奶粉")
    for role in (Role.CALLER, Role.GATE_KEEPER, Role.REPORTER):
        with pytest.raises(Forbidden):
            said(scope_as(role), COMMUNITY, "奶粉", since=clock.now())
    with acting(scope_as(Role.OFFICE, ELSEWHERE)), pytest.raises(Forbidden):
        said(scope_as(Role.OFFICE, ELSEWHERE), COMMUNITY, "奶粉", since=clock.now())


def test_the_index_of_written_attempts_is_used(homes: list[Home]) -> None:
    """Thirty days of 300 calls, one of ten with a text: what is looked through is what is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into screening_attempt (community, id, round, household, channel, outcome, answered_by, needs,
              trouble, remarks, made_at, received_at, keeper, proxy)
            select %s, gen_random_uuid(), d, h, 'call', 'reached', 'resident',
              case when h %% 10 = 0 then '降压药还剩两天的量' else '' end, '', '', t, t, '', false
            from generate_series(1, 30) d, generate_series(1, 300) h,
              lateral (select %s::timestamptz - d * interval '1 day' as t) x
            """,
            [COMMUNITY, clock.now()],
        )
        cursor.execute("analyze screening_attempt")
        with acting(OFFICE):
            cursor.execute(
                "explain " + _FOUND,
                {
                    "community": COMMUNITY,
                    "since": clock.now() - dt.timedelta(days=14),
                    "text": "药",
                    "limit": LIMIT,
                },
            )
            plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "with_text" in plan or "community_made_at" in plan, plan
    assert len(found("降压", days=14)) == LIMIT


def test_the_page_marks_what_was_looked_for(sign_in, places: list[Home]) -> None:
    with inside():
        open_round(OFFICE, community=COMMUNITY)
        told(places[0], needs="要尿不湿一包")
    client: Client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    url = reverse("screening:search", args=[COMMUNITY])
    page = client.get(url, {"q": "尿不湿", "days": "3"}).content.decode()
    assert "<mark>尿不湿</mark>" in page
    assert reverse("supplies:found", args=[COMMUNITY]) in page
    assert client.get(url).status_code == 200
    assert client.get(reverse("screening:search", args=[429006001000])).status_code in (403, 404)
