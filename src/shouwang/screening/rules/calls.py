"""Whom to call first, and in which words to speak with them. (ours)"""

from collections.abc import Collection, Sequence

from shouwang.screening.enums import CallReason, SpeechLevel

OLD = 60
"""From this age on a household of old people only is spoken with in simple words."""


def reasons(
    *,
    epicentre: bool,
    fever: bool,
    watched: bool,
    elderly_alone: bool,
    missed_yesterday: bool,
    never_reached: bool,
) -> tuple[CallReason, ...]:
    """Why a household comes before others, the weightiest first: the order of `CallReason`."""
    holds = {
        CallReason.EPICENTRE: epicentre,
        CallReason.FEVER: fever,
        CallReason.WATCHED: watched,
        CallReason.ELDERLY_ALONE: elderly_alone,
        CallReason.NEVER_REACHED: never_reached,
        CallReason.MISSED_YESTERDAY: missed_yesterday,
    }
    return tuple(reason for reason in CallReason if holds[reason])


def rank(why: Sequence[CallReason]) -> tuple[int, ...]:
    """A key that sorts households by their reasons: the weightiest decides, then the next one; those without last."""
    order = list(CallReason)
    return (*(order.index(reason) for reason in why), len(order))


def speech_level(ages: Collection[int | None]) -> SpeechLevel:
    """In which words to begin; ``ages`` of those present. Whoever answers may need others."""
    known = [age for age in ages if age is not None]
    return (
        SpeechLevel.SIMPLE if known and min(known) >= OLD and len(known) == len(ages) else SpeechLevel.USUAL
    )
