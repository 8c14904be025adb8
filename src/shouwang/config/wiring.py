"""The one table of who acts on whose news. Domains that are strangers to each other meet here and nowhere else."""

from collections.abc import Mapping, Sequence

from shouwang.gates.events import TemperaturesTaken
from shouwang.kernel.scope import Scope
from shouwang.people.events import RosterChanged
from shouwang.screening.actions import count_gate_temperatures, follow_roster
from shouwang.sync.actions import Handler


def _rounds_follow(scope: Scope, news: RosterChanged) -> None:
    follow_roster(scope, community=news.community)


HANDLERS: Mapping[type, Sequence[Handler]] = {
    TemperaturesTaken: (count_gate_temperatures,),
    RosterChanged: (_rounds_follow,),
}
