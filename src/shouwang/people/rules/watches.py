"""How long somebody is watched, and which day of it is today.

Day 1 is the day after the last contact, or after the last day in the place of risk; the last day is included. Go.Data
counts follow-up so, and the control plan's "14 days from the last unprotected contact" is day 14 [NHC, 5th ed., 21 Feb
2020].
"""

import datetime as dt
from dataclasses import dataclass

from shouwang.kernel.profile import DiseaseProfile
from shouwang.people.enums import Risk


@dataclass(frozen=True, slots=True)
class Period:
    """From day 1 to the last day, both local days, both included."""

    from_day: dt.date
    until_day: dt.date

    @property
    def days(self) -> int:
        return (self.until_day - self.from_day).days + 1

    def day_number(self, day: dt.date) -> int:
        """1 on the first day; 0 or less before it."""
        return (day - self.from_day).days + 1

    def over(self, day: dt.date) -> bool:
        return self.until_day < day


def period_after(last_day: dt.date, days: int) -> Period | None:
    """The ``days`` days after ``last_day``, the day of the last contact; none where the profile asks for none."""
    if days < 1:
        return None
    return Period(last_day + dt.timedelta(days=1), last_day + dt.timedelta(days=days))


def returnee_period(
    profile: DiseaseProfile, risk: Risk, *, last_there_on: dt.date | None, arrived_on: dt.date | None
) -> Period | None:
    """The watch of a returnee: from the last day there, else from the day she arrived; none while neither is known."""
    last = last_there_on or arrived_on
    return period_after(last, watch_days(profile, risk)) if last else None


def watch_days(profile: DiseaseProfile, risk: Risk) -> int:
    """How many days the profile asks for. Who came from nobody knows where is watched like the middle *(ours)*."""
    return {Risk.HIGH: profile.watch_days_high, Risk.LOW: profile.watch_days_low}.get(
        risk, profile.watch_days_middle
    )


def twice_daily(profile: DiseaseProfile, risk: Risk) -> bool:
    """Whether the profile has her reached in the morning and in the evening."""
    return {Risk.HIGH: profile.watch_twice_high, Risk.LOW: profile.watch_twice_low}.get(
        risk, profile.watch_twice_middle
    )


def restarted(open_: Period, new: Period) -> Period:
    """A new exposure or return restarts the clock; what is told of an earlier one never shortens it."""
    return new if new.until_day > open_.until_day else open_
