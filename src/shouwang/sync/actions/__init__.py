"""The ways to write what comes from the field."""

from shouwang.sync.actions.devices import Enrolled, enrol_device, invite_device, revoke_device
from shouwang.sync.actions.events import Handler, connect, publish
from shouwang.sync.actions.facts import add_facts
from shouwang.sync.actions.handover import HandedOver, take_handover
from shouwang.sync.actions.intake import Taken, Taker, connect_takers, take_batch
from shouwang.sync.actions.quarantine import settle_quarantined

__all__ = [
    "Enrolled",
    "HandedOver",
    "Handler",
    "Taken",
    "Taker",
    "add_facts",
    "connect",
    "connect_takers",
    "enrol_device",
    "invite_device",
    "publish",
    "revoke_device",
    "settle_quarantined",
    "take_batch",
    "take_handover",
]
