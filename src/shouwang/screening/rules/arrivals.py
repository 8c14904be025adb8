"""Who has come, and who is here: what a household says beside how it is."""

from collections.abc import Sequence

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import clean_name, fold
from shouwang.screening.events import Arrival
from shouwang.screening.rules.attempts import ArrivalInput, PresenceInput

MOST = 20
LONGEST = 60
"""Characters of a name or an origin."""
LONGEST_NUMBER = 40
SAID = ("away", "moved", "back")


def check_arrivals(arrivals: Sequence[ArrivalInput]) -> tuple[Arrival, ...]:
    """The arrivals tidied; numbers stay as they were said, for half a number is better than none.

    Raises `Refused` for one without a name, one too long to be kept, or more than twenty.
    """
    if len(arrivals) > MOST:
        raise Refused("arrivals_many", gettext_noop("At most %(most)s arrivals in one record."), most=MOST)
    return tuple(_arrival(one) for one in arrivals)


def _arrival(said: ArrivalInput) -> Arrival:
    name, origin = clean_name(said.name), fold(said.origin)
    numbers = fold(said.id_number), fold(said.phone)
    if not name:
        raise Refused("arrival_name", gettext_noop("Write down the name of whoever has come."))
    for text, limit in (
        (name, LONGEST),
        (origin, LONGEST),
        *((number, LONGEST_NUMBER) for number in numbers),
    ):
        if len(text) > limit:
            raise Refused(
                "too_long",
                gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
                value=text[:12],
                limit=limit,
            )
    return Arrival(name, *numbers, origin, said.arrived_on, said.to_stay)


def check_presence(said: Sequence[PresenceInput]) -> tuple[PresenceInput, ...]:
    """Each person once. Raises `Refused` for any word but ``away``, ``moved`` and ``back``."""
    for one in said:
        if one.now not in SAID:
            raise Refused(
                "presence_word",
                gettext_noop("Somebody is away, has moved, or is back; not “%(said)s”."),
                said=one.now[:12],
            )
    if len({one.resident_id for one in said}) < len(said):
        raise Refused("presence_twice", gettext_noop("The same person stands twice in this record."))
    return tuple(said)
