"""The nightly work: facts are destroyed when their time is over, and that is written down."""

import datetime as dt

import pytest
from django.db import connection

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.models import AuditEntry
from shouwang.access.partitions import drop_months_before, ensure_months
from shouwang.access.tasks import keep_house, retentions
from shouwang.access.wall import acting
from shouwang.gates.models import Check
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint

SYSTEM = Scope.system(reason="test")
TABLE = "access_auditentry"
pytestmark = pytest.mark.django_db


def partitions(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass", [table]
        )
        return {name for (name,) in cursor.fetchall()}


def written_at(monkeypatch: pytest.MonkeyPatch, *moments: dt.datetime) -> None:
    for moment in moments:
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        with acting(SYSTEM):
            audit(SYSTEM, "look", subject_id=f"{moment:%Y%m}")


def left() -> set[str]:
    with acting(SYSTEM):
        return set(AuditEntry.objects.filter(verb="look").values_list("subject_id", flat=True))


@pytest.fixture
def moments() -> list[dt.datetime]:
    return [dt.datetime(2020, month, 14, 8, tzinfo=dt.UTC) for month in (1, 2, 3)]


@pytest.mark.parametrize("prepared", [True, False], ids=["in their months", "in the default partition"])
def test_months_that_are_over_are_dropped_wherever_they_lie(
    monkeypatch: pytest.MonkeyPatch, moments: list[dt.datetime], prepared: bool
) -> None:
    if prepared:
        ensure_months(moment.date() for moment in moments)
    written_at(monkeypatch, *moments)
    with acting(SYSTEM):
        assert drop_months_before(TABLE, dt.date(2020, 3, 1)) == [f"{TABLE}_202001", f"{TABLE}_202002"]
        assert drop_months_before(TABLE, dt.date(2020, 3, 31)) == [], "March is not over; and once is enough"
    assert left() == {"202003"}


def test_what_a_phone_with_a_wrong_clock_sent_is_kept_as_long_as_anything_else() -> None:
    table, today = "gates_check", dt.date(2020, 3, 31)
    received = {"long ago": dt.date(2020, 1, 20), "lately": dt.date(2020, 3, 30)}
    with acting(SYSTEM):
        for entrance, (told, day) in enumerate(received.items()):
            Check.objects.create(
                community=429006001023,
                id=mint(dt.datetime(2019, 1, 15 + entrance, tzinfo=dt.UTC)),
                entrance=entrance,
                direction="in",
                verdict="green",
                made_at=dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC),
                received_at=dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC),
                remarks=told,
            )
        assert drop_months_before(table, dt.date(2020, 1, 21)) == [], "one of that month came after"
        assert Check.objects.count() == 2
        assert drop_months_before(table, today) == [f"{table}_201901"]
        assert not Check.objects.exists()


def test_every_fact_says_how_long_it_is_kept() -> None:
    assert TABLE in retentions()
    assert {"gates_check", "screening_attempt", "screening_reading"} <= set(retentions())


def test_the_night_prepares_and_purges_and_writes_it_down(
    monkeypatch: pytest.MonkeyPatch, moments: list[dt.datetime]
) -> None:
    written_at(monkeypatch, *moments)
    tonight = dt.datetime(2023, 2, 20, 19, 20, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: tonight)
    keep_house(timestamp=0)
    keep_house(timestamp=0)
    assert {f"{TABLE}_202302", f"{TABLE}_202303", f"{TABLE}_rest"} <= partitions(TABLE)
    assert left() == {"202002", "202003"}, "three years are kept"
    with acting(SYSTEM):
        purges = list(AuditEntry.objects.filter(verb="purge").values_list("subject_id", "detail"))
    assert purges == [(TABLE, {"months": [f"{TABLE}_202001"]})]
