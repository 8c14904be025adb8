"""The one table of who acts on whose news. Domains that are strangers to each other meet here and nowhere else."""

from collections.abc import Mapping, Sequence

from shouwang.gates.events import TemperaturesTaken
from shouwang.screening.actions import count_gate_temperatures
from shouwang.sync.actions import Handler

HANDLERS: Mapping[type, Sequence[Handler]] = {
    TemperaturesTaken: (count_gate_temperatures,),
}
