"""What to try next with a household that is not wholly reached. (ours)"""

from collections.abc import Sequence

from shouwang.screening.enums import NextStep, Outcome

CALLS_EACH = 2
"""Unanswered calls to one number before another way is tried."""
VISITS_EACH = 2
"""Times nobody was at home before the office takes over."""


def next_step(
    *, reached: int, outcomes: Sequence[Outcome | str], phones: int = 1, half: int = 0, evening: bool = True
) -> NextStep:
    """The next thing to try; ``outcomes`` of the household's attempts, the oldest first.

    ``phones`` is how many members have a number of their own. ``half``: so many have been reached in the morning and
    are to be reached again in the evening; ``evening``: it is.

    ===============================================  =================================================
    what happened                                    what to try
    ===============================================  =================================================
    refused last                                     the office speaks with them
    some reached, others asked after by nobody       ask after the rest
    only the evening is wanting, and it is not yet   wait for the evening
    nothing yet                                      call; without a number knock
    wrong number                                     another member's number; else ask the neighbour for one
    no answer, once a number                         call again at another hour
    no answer, twice a number, other numbers left    another member's number
    no answer on every number                        knock
    nobody at home, once                             call again; without a number ask the neighbour
    nobody at home, twice                            the office takes over
    ===============================================  =================================================
    """
    calls, wrong = outcomes.count(Outcome.NO_ANSWER), outcomes.count(Outcome.WRONG_NUMBER)
    away, last = outcomes.count(Outcome.NOBODY_HOME), outcomes[-1] if outcomes else None
    if last == Outcome.REFUSED:
        return NextStep.OFFICE
    if reached or half:
        return NextStep.EVENING if half and not evening else NextStep.ASK_REST
    if away >= VISITS_EACH:
        return NextStep.OFFICE
    good = max(phones - wrong, 0)
    if last is None:
        return NextStep.CALL if good else NextStep.VISIT
    if last == Outcome.WRONG_NUMBER:
        return NextStep.OTHER_NUMBER if good else NextStep.NEIGHBOUR
    if last == Outcome.NOBODY_HOME:
        return NextStep.CALL_AGAIN if good else NextStep.NEIGHBOUR
    if calls < CALLS_EACH:
        return NextStep.CALL_AGAIN
    return NextStep.OTHER_NUMBER if calls < CALLS_EACH * good else NextStep.VISIT
