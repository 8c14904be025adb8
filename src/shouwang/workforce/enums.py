"""Closed lists of the workforce."""

from enum import StrEnum


class DivisionState(StrEnum):
    """Where a proposed division stands."""

    WORKING = "working"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"
    FAILED = "failed"
    """There is no such division; ``refusal`` says what must give."""


class Weight(StrEnum):
    """Why a household asks more of its caller than others do."""

    LARGE = "large"
    OLD_ALONE = "old_alone"
    ILL = "ill"
    RETURNED = "returned"
    QUARANTINED = "quarantined"


class Skill(StrEnum):
    """What somebody can do that not everybody can; a post or a need may ask for it."""

    MEDICAL = "medical"
    DRIVING = "driving"
    DIALECT = "dialect"
    COMPUTER = "computer"
    COUNSELLING = "counselling"
    DISINFECTION = "disinfection"
    LIFTING = "lifting"


class Duty(StrEnum):
    """What responders are sent for."""

    GATE = "gate"
    PATROL = "patrol"
    PHONE = "phone"
    DELIVERY = "delivery"
    SITE = "site"
    PUBLICITY = "publicity"
    GENERAL = "general"


class Leaning(StrEnum):
    """What she says of night or heavy work."""

    WELCOME = "welcome"
    FINE = "fine"
    UNWANTED = "unwanted"
    CANNOT = "cannot"
    """Health or children: never, whatever the roster wants."""


class ResponderState(StrEnum):
    """Where a responder stands now."""

    APPLYING = "applying"
    STANDING_BY = "standing_by"
    DEPLOYED = "deployed"
    RESTING = "resting"
    """Ill, a contact, or sent home to rest: not to be sent or rostered."""
    ENDED = "ended"


class CallUpState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class ApplicationState(StrEnum):
    """An offer to serve, from first to last. What may follow what: ``rules.applications``."""

    OFFERED = "offered"
    """By herself; her agency has not said anything yet."""
    NOMINATED = "nominated"
    """By her agency, or backed by it."""
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ApplicationSource(StrEnum):
    SELF = "self"
    AGENCY = "agency"
    HEADQUARTERS = "headquarters"


class NeedSource(StrEnum):
    """Who said so many are needed: headquarters when it called, or the area itself (及时雨)."""

    HEADQUARTERS = "headquarters"
    AREA = "area"


class NeedState(StrEnum):
    """``asked`` by an area and not answered yet; ``open`` counts in the deployment; ``declined`` with a reason."""

    ASKED = "asked"
    OPEN = "open"
    DECLINED = "declined"
    ENDED = "ended"


class DeploymentState(StrEnum):
    """``sent``: named and told; ``present``: has arrived; ``ended``: transferred, returned or recalled."""

    SENT = "sent"
    PRESENT = "present"
    ENDED = "ended"


class EndReason(StrEnum):
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    RECALLED = "recalled"
    ILL = "ill"
    CONTACT = "contact"
    NEVER_CAME = "never_came"


class TeamRole(StrEnum):
    """四队两员 of a village work team, and its leader. One person may hold several."""

    LEADER = "leader"
    PUBLICITY = "publicity"
    PATROL = "patrol"
    VOLUNTEER_SERVICE = "volunteer_service"
    PIONEER = "pioneer"
    INFORMATION_REPORTER = "information_reporter"
    MEDIATOR = "mediator"


class PostKind(StrEnum):
    GATE = "gate"
    PATROL = "patrol"
    SITE = "site"
    DELIVERY = "delivery"
    PHONE = "phone"


class RosterState(StrEnum):
    """``working``: the planner searches; ``proposed``: may be changed by hand; ``published``: everybody was told."""

    WORKING = "working"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    FAILED = "failed"


class ShiftState(StrEnum):
    PROPOSED = "proposed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class ShiftSource(StrEnum):
    """Who put her on this shift."""

    PLANNER = "planner"
    HAND = "hand"
    SWAP = "swap"
    COVER = "cover"


class WishKind(StrEnum):
    """``nights``/``no_nights`` hold for all days; ``off`` and ``work`` for one day; ``post`` for a post."""

    NIGHTS = "nights"
    NO_NIGHTS = "no_nights"
    OFF = "off"
    WORK = "work"
    POST = "post"


class SwapState(StrEnum):
    OFFERED = "offered"
    TAKEN = "taken"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AbsenceReason(StrEnum):
    ILL = "ill"
    CONTACT = "contact"
    FAMILY = "family"
    OTHER = "other"


class AttendanceKind(StrEnum):
    IN = "in"
    OUT = "out"


class AttendanceHow(StrEnum):
    PHONE = "phone"
    GATE = "gate"
    OFFICE = "office"


class StrainKind(StrEnum):
    """Why somebody is asked too much of, as the figures say before she does."""

    HOURS = "hours"
    NIGHTS = "nights"
    NO_REST = "no_rest"
    DAYS_IN_A_ROW = "days_in_a_row"
    NO_DAY_OFF = "no_day_off"
