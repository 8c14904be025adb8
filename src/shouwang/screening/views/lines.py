"""Attempts and people of a household, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from shouwang.access.queries import account_names
from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence
from shouwang.people.rules.ages import age_on
from shouwang.screening.models import Attempt, Round
from shouwang.screening.queries.household import HouseholdInRound, Person
from shouwang.screening.views.words import (
    ANSWERED_BY,
    CHANNEL_ICONS,
    CHANNELS,
    OUTCOME_TONES,
    OUTCOMES,
    SEX,
    symptom_words,
)


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt of the history. ``same_round``: it may be corrected from this page."""

    attempt: Attempt
    channel: Any
    outcome: Any
    answered_by: Any
    icon: str
    tone: str
    by: str
    corrected: bool
    same_round: bool


@dataclass(frozen=True, slots=True)
class PersonCard:
    person: Person
    sex: Any
    age: int | None
    away: bool
    told: list[dict[str, Any]]


def attempt_lines(scope: Scope, here: Round, home: HouseholdInRound) -> list[AttemptLine]:
    who = account_names(attempt.made_by for attempt in home.attempts if attempt.made_by is not None)
    return [
        AttemptLine(
            attempt,
            CHANNELS[attempt.channel],
            OUTCOMES[attempt.outcome],
            ANSWERED_BY[attempt.answered_by] if attempt.answered_by != "nobody" else "",
            CHANNEL_ICONS[attempt.channel],
            OUTCOME_TONES.get(attempt.outcome, ""),
            attempt.keeper or who.get(str(attempt.made_by), ""),
            attempt.id in home.corrected,
            attempt.round == here.pk,
        )
        for attempt in home.attempts
    ]


def person_cards(home: HouseholdInRound, today: dt.date) -> dict[int, PersonCard]:
    """By resident id."""
    return {
        person.member.resident_id: PersonCard(
            person,
            SEX.get(person.member.sex, ""),
            age_on(person.member.born_on, today),
            person.member.presence != Presence.PRESENT,
            [
                {
                    "told": told,
                    "source": CHANNELS[told.source],
                    "symptoms": symptom_words(told.symptoms),
                    "asked": told.symptoms is not None,
                }
                for told in person.readings
            ],
        )
        for person in home.people
    }
