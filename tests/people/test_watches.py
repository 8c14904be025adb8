"""Watch periods: counted from the day after, restarted and never shortened by what is older, closed by the clock."""

import datetime as dt
from typing import Any

import pytest

from access.people import refused
from people.town import COMMUNITY, NEIGHBOUR, scope_of
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound
from shouwang.kernel.profile import COVID_2020
from shouwang.kernel.scope import Scope
from shouwang.people.actions.watches import close_due_watches, end_watch, set_watch, start_watch
from shouwang.people.enums import Risk, WatchReason
from shouwang.people.models import Household, Resident, Watch
from shouwang.people.queries import watches as queries
from shouwang.people.rules.origins import code_of, risk_of
from shouwang.people.rules.watches import Period, period_after, returnee_period, twice_daily, watch_days

SYSTEM = Scope.system(reason="tests")
A_DAY = dt.timedelta(days=1)


def resident(community: int = COMMUNITY, number: int = 1) -> Resident:
    with acting(SYSTEM):
        now = clock.now()
        home = Household.objects.create(
            community=community, address=f"3-2-{number}", address_key=f"3-2-{number}", created_at=now,
            updated_at=now,
        )  # fmt: skip
        return Resident.objects.create(
            community=community, household=home, name="周敏", created_at=now, updated_at=now
        )


def watch(her: Resident, scope: Scope | None = None, **more: Any) -> Watch:
    today = clock.today()
    said: dict[str, Any] = {
        "community": her.community, "household_id": her.household_id, "resident_id": her.pk,
        "reason": WatchReason.RETURNEE, "from_day": today, "until_day": today + 13 * A_DAY,
    }  # fmt: skip
    scope = scope or scope_of(Role.OFFICE, her.community)
    with acting(scope):
        return start_watch(scope, **(said | more))


def test_day_one_is_the_day_after_and_day_fourteen_the_last() -> None:
    period = period_after(dt.date(2020, 2, 6), 14)
    assert period == Period(dt.date(2020, 2, 7), dt.date(2020, 2, 20))
    assert [period.day_number(day) for day in (dt.date(2020, 2, 7), dt.date(2020, 2, 20))] == [1, 14]
    assert not period.over(dt.date(2020, 2, 20))
    assert period.over(dt.date(2020, 2, 21))
    assert period_after(dt.date(2020, 2, 6), 0) is None


def test_a_returnee_is_watched_from_the_last_day_there_and_else_from_her_arrival() -> None:
    there, arrived = dt.date(2020, 1, 22), dt.date(2020, 1, 24)
    both = returnee_period(COVID_2020, Risk.HIGH, last_there_on=there, arrived_on=arrived)
    assert both == period_after(there, 14)
    assert returnee_period(COVID_2020, Risk.HIGH, last_there_on=None, arrived_on=arrived) == period_after(
        arrived, 14
    )
    assert returnee_period(COVID_2020, Risk.HIGH, last_there_on=None, arrived_on=None) is None


@pytest.mark.parametrize(
    ("code", "risk"),
    [
        (420100000000, Risk.HIGH),
        (420106000000, Risk.HIGH),
        (421000000000, Risk.MIDDLE),
        (440300000000, Risk.LOW),
        (None, Risk.UNKNOWN),
    ],
)
def test_the_longest_digits_that_fit_say_the_risk(code: int | None, risk: Risk) -> None:
    assert risk_of(code, COVID_2020) is risk


@pytest.mark.parametrize("written", ["4201", "420100", "420100000000"])
def test_a_place_of_risk_is_named_by_its_code_in_any_width(written: str) -> None:
    profile = COVID_2020.with_settings({"origins_high": [written], "origins_middle": ["110000"]})
    found = [risk_of(code, profile) for code in (420106000000, 420200000000, 110105000000, 120000000000)]
    assert found == [Risk.HIGH, Risk.LOW, Risk.MIDDLE, Risk.LOW]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("武汉", 420100000000),
        ("湖北省武汉市洪山区", 420111000000),
        ("汉口", 420100000000),
        ("广东深圳", 440300000000),
        ("湖北", 420000000000),
        ("国外", None),
        ("", None),
    ],
)
def test_where_somebody_came_from_has_a_code(said: str, code: int | None) -> None:
    assert code_of(said) == code


def test_a_profile_says_what_follows_of_a_risk() -> None:
    profile = COVID_2020.with_settings(
        {"origins_high": ["4403"], "watch_days_low": 7, "watch_twice_low": True}
    )
    assert (risk_of(420100000000, profile), risk_of(440300000000, profile)) == (Risk.MIDDLE, Risk.HIGH)
    assert (watch_days(profile, Risk.LOW), twice_daily(profile, Risk.LOW)) == (7, True)
    assert (watch_days(profile, Risk.UNKNOWN), twice_daily(profile, Risk.UNKNOWN)) == (14, False)


@pytest.mark.django_db
class TestWatches:
    def test_a_watch_begun_again_runs_to_the_later_end_and_is_one(self) -> None:
        her, today = resident(), clock.today()
        first = watch(her)
        assert (
            watch(her, from_day=today - 3 * A_DAY, until_day=today + 2 * A_DAY).until_day
            == today + 13 * A_DAY
        )
        again = watch(her, from_day=today + A_DAY, until_day=today + 14 * A_DAY, twice_daily=True)
        assert (again.pk, again.from_day, again.until_day) == (first.pk, today + A_DAY, today + 14 * A_DAY)
        assert watch(her, from_day=today + A_DAY, until_day=today + 14 * A_DAY).twice_daily
        assert watch(her, reason=WatchReason.QUARANTINE).pk != first.pk
        with acting(SYSTEM):
            assert Watch.objects.count() == 2
            assert AuditEntry.objects.filter(verb="change_watch").count() == 1

    def test_a_mistake_is_put_right_also_to_fewer_days(self) -> None:
        her, today = resident(), clock.today()
        watch(her, twice_daily=True)
        with acting(SYSTEM):
            right = set_watch(
                SYSTEM, community=COMMUNITY, household_id=her.household_id, resident_id=her.pk,
                reason=WatchReason.RETURNEE, from_day=today - 9 * A_DAY, until_day=today + 4 * A_DAY,
                twice_daily=False,
            )  # fmt: skip
        assert (right.until_day, right.twice_daily) == (today + 4 * A_DAY, False)

    def test_who_is_watched_and_which_day_it_is(self) -> None:
        her, other, today = resident(), resident(number=2), clock.today()
        watch(her, from_day=today - 4 * A_DAY, until_day=today + 9 * A_DAY)
        watch(her, reason=WatchReason.QUARANTINE, until_day=today + 2 * A_DAY, twice_daily=True)
        watch(other, from_day=today + A_DAY, until_day=today + 9 * A_DAY)
        with acting(SYSTEM):
            here = queries.watched(SYSTEM, COMMUNITY, today)
            assert list(here) == [her.pk]
            assert (here[her.pk].reason, here[her.pk].day_number, here[her.pk].days) == ("quarantine", 1, 3)
            assert queries.twice_daily(SYSTEM, COMMUNITY, today) == {her.pk}
            later = queries.watched(SYSTEM, COMMUNITY, today + 3 * A_DAY)
            assert {who: one.reason for who, one in later.items()} == {
                her.pk: "returnee",
                other.pk: "returnee",
            }
            assert not queries.watched(SYSTEM, NEIGHBOUR, today)
            assert queries.watched(SYSTEM, COMMUNITY, today - A_DAY)[her.pk].day_number == 4

    def test_one_that_ended_early_holds_no_more_and_the_days_before_stay_as_they_were(self) -> None:
        her, today = resident(), clock.today()
        begun = watch(her, from_day=today - 4 * A_DAY, twice_daily=True)
        with acting(SYSTEM):
            ended = end_watch(scope_of(), watch_id=begun.pk)
            assert ended.until_day == today - A_DAY
            assert end_watch(scope_of(), watch_id=begun.pk).closed_at == ended.closed_at
            assert not queries.watched(SYSTEM, COMMUNITY, today)
            assert queries.twice_daily(SYSTEM, COMMUNITY, today - A_DAY) == {her.pk}
        assert watch(her).pk != begun.pk

    def test_one_ended_on_its_first_day_never_held(self) -> None:
        her = resident()
        begun = watch(her)
        with acting(SYSTEM):
            end_watch(scope_of(), watch_id=begun.pk)
            assert not queries.watched(SYSTEM, COMMUNITY, clock.today())

    def test_the_clock_closes_what_is_over_with_one_entry_a_community(self) -> None:
        today = clock.today()
        here = [resident(number=n) for n in range(3)]
        for n, her in enumerate(here):
            watch(her, until_day=today + n * A_DAY)
        watch(resident(NEIGHBOUR), until_day=today)
        with acting(SYSTEM):
            assert close_due_watches(SYSTEM, on=today) == 0
            assert close_due_watches(SYSTEM, on=today + 2 * A_DAY) == 3
            assert close_due_watches(SYSTEM, on=today + 2 * A_DAY) == 0
            entries = AuditEntry.objects.filter(verb="close_watches")
            assert dict(entries.values_list("community", "detail__watches")) == {COMMUNITY: 2, NEIGHBOUR: 1}
            assert list(Watch.objects.filter(closed_at=None).values_list("resident", flat=True)) == [
                here[2].pk
            ]

    def test_days_that_cannot_be_are_refused(self) -> None:
        her, today = resident(), clock.today()
        with refused("watch_backwards"):
            watch(her, until_day=today - A_DAY)
        with refused("watch_over"):
            watch(her, from_day=today - 3 * A_DAY, until_day=today - A_DAY)
        with refused("watch_long"):
            watch(her, until_day=today + 365 * A_DAY)
        with pytest.raises(NotFound):
            watch(her, household_id=resident(number=9).household_id)

    def test_each_reason_has_those_who_may(self) -> None:
        her = resident()
        assert watch(her, scope=scope_of(Role.GATE_KEEPER)).pk
        with pytest.raises(Forbidden):
            watch(her, scope_of(Role.CALLER), reason=WatchReason.QUARANTINE)
        with pytest.raises(Forbidden):
            watch(her, scope_of(Role.GATE_KEEPER), reason=WatchReason.FEVER)
        with pytest.raises(Forbidden):
            close_due_watches(scope_of(), on=clock.today())
