"""Closed lists of screening."""

from enum import StrEnum


class Slot(StrEnum):
    """Which round of the day."""

    DAY = "day"
    MORNING = "am"
    AFTERNOON = "pm"


class Channel(StrEnum):
    """How somebody was, or was not, reached."""

    CALL = "call"
    VISIT = "visit"
    SELF = "self"
    GATE = "gate"
    SITE = "site"
    """An observation at a quarantine site."""


class Outcome(StrEnum):
    """What came of an attempt. Only ``REACHED`` carries readings; the others never become *normal*."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    NOBODY_HOME = "nobody_home"
    REFUSED = "refused"


class AnsweredBy(StrEnum):
    """Who answered."""

    RESIDENT = "resident"
    HOUSEHOLD_MEMBER = "member"
    NEIGHBOUR = "neighbour"
    OTHER = "other"
    NOBODY = "nobody"


class HouseholdState(StrEnum):
    """How far a household is in a round. A fever stands above everything else."""

    NOT_REACHED = "not_reached"
    PARTLY = "partly"
    REACHED = "reached"
    REFUSED = "refused"
    FEVER = "fever"


class NextStep(StrEnum):
    """What to try next with a household that is not reached."""

    CALL = "call"
    CALL_AGAIN = "call_again"
    ASK_REST = "ask_rest"
    EVENING = "evening"
    """Reached in the morning, and due again in the evening."""
    OTHER_NUMBER = "other_number"
    NEIGHBOUR = "neighbour"
    VISIT = "visit"
    OFFICE = "office"


class DayState(StrEnum):
    """What became of one person on one day. The order is the ledger's."""

    REACHED = "reached"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    AWAY = "away"
    NOT_TRIED = "not_tried"
    UNASSIGNED = "unassigned"
    """Nobody's household, and not reached: an alarm."""


class FeverEnd(StrEnum):
    """How a fever on headquarters' list ended."""

    HOSPITAL = "hospital"
    HOME = "home"
    """Measured again and looked at: stays at home, under watch."""
    MISTAKE = "mistake"
    UNREACHABLE = "unreachable"
    TURNED_BACK = "turned_back"
    """A visitor was not let in, and her own place was told."""


class CallBackState(StrEnum):
    """What ringing again showed."""

    OPEN = "open"
    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_REACHED = "not_reached"
    DROPPED = "dropped"


class Worth(StrEnum):
    """Why a household is rung again by somebody else. Neutral: it says where a second call tells most."""

    SAMPLE = "sample"
    """Drawn at random."""
    FAST = "fast"
    """Many entries within minutes."""
    ALIKE = "alike"
    """Many entries in a row that say the same."""
    STILL = "still"
    """A temperature that never moves over days."""
    NIGHT = "night"
    """At an hour at which nobody is rung."""
    AT_ONCE = "at_once"
    """A whole caseload at one time."""
    CHOSEN = "chosen"
    """Somebody at the office wants to know."""


class CallReason(StrEnum):
    """Why a household is called before others. The order is that of the call list."""

    EPICENTRE = "epicentre"
    """Somebody came back from where the risk is highest."""
    FEVER = "fever"
    """A fever or an alarming symptom yesterday, or one that nobody has ended."""
    WATCHED = "watched"
    ELDERLY_ALONE = "elderly_alone"
    NEVER_REACHED = "never_reached"
    """In none of the last rounds."""
    MISSED_YESTERDAY = "missed_yesterday"


class SpeechLevel(StrEnum):
    """In which words to speak with whoever answers."""

    USUAL = "usual"
    SIMPLE = "simple"
    CHILD = "child"
