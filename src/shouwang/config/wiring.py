"""The one table of who acts on whose news. Domains that are strangers to each other meet here and nowhere else."""

from collections.abc import Mapping, Sequence

from shouwang.door.actions import follow_merge as hand_out_again
from shouwang.gates.actions.holds import follow_newcomer, follow_residents
from shouwang.gates.actions.sent_checks import take_checks_together
from shouwang.gates.actions.visits import take_visits
from shouwang.gates.events import TemperaturesCorrected, TemperaturesTaken, VisitorFever, VisitorNamed
from shouwang.gates.queries import pack, trust
from shouwang.grievances import actions as grievances
from shouwang.kernel.scope import Scope
from shouwang.people.actions.told import take_arrivals, take_presence
from shouwang.people.events import (
    HouseholdsMerged,
    HouseholdSplit,
    ResidentCame,
    ResidentsMoved,
    RosterChanged,
)
from shouwang.screening.actions import correct_gate_temperatures, count_gate_temperatures, follow_roster
from shouwang.screening.actions import fever_calls as fevers
from shouwang.screening.actions.calls import hand_out_calls
from shouwang.screening.actions.sent_attempts import take_attempts_together
from shouwang.screening.events import ArrivalTold, FeverFound, NeedTold, PresenceTold, TroubleTold
from shouwang.screening.queries.script import script
from shouwang.supplies import actions as needs
from shouwang.sync.actions import Handler, Taker, of_one_device
from shouwang.sync.queries import sealing_part
from shouwang.sync.rules.pack import Provider, for_gates
from shouwang.workforce import actions as caseloads
from shouwang.workforce.events import OwnersChanged


def _rounds_follow(scope: Scope, news: RosterChanged | OwnersChanged) -> None:
    follow_roster(scope, community=news.community)


HANDLERS: Mapping[type, Sequence[Handler]] = {
    TemperaturesTaken: (count_gate_temperatures,),
    TemperaturesCorrected: (correct_gate_temperatures,),
    VisitorFever: (fevers.take_visitor,),
    VisitorNamed: (fevers.name_visitor,),
    RosterChanged: (caseloads.follow_roster, _rounds_follow),
    ResidentCame: (follow_newcomer,),
    ResidentsMoved: (follow_residents, fevers.follow_moves, needs.follow_moves, grievances.follow_moves),
    HouseholdSplit: (caseloads.follow_split,),
    HouseholdsMerged: (caseloads.follow_merge, needs.follow_merge, grievances.follow_merge, hand_out_again),
    OwnersChanged: (_rounds_follow,),
    FeverFound: (fevers.take_fever,),
    NeedTold: (needs.take_need,),
    TroubleTold: (grievances.take_trouble,),
    ArrivalTold: (take_arrivals,),
    PresenceTold: (take_presence,),
}

TAKERS: Mapping[str, Taker] = {
    "check": take_checks_together,
    "visit": of_one_device(take_visits),
    "attempt": take_attempts_together,
}
"""Who takes in the records of each kind that phones send."""

PARTS: Mapping[str, Provider] = {
    "trust": pack.trust,
    "revoked": for_gates(pack.revoked),
    "place": pack.place,
    "profile": pack.profile,
    "sealing": sealing_part,
    "holds": for_gates(pack.holds),
    "holders": for_gates(pack.holders),
    "outings": for_gates(pack.outings),
    "passes": for_gates(pack.passes),
    "calls": hand_out_calls,
    "script": script,
}
"""Who fills each part of the pack, in the order in which a phone wants them."""


def root_point() -> str:
    """The point of the offline root key that phones pin, in hexadecimal."""
    return trust.root_point().hex()
