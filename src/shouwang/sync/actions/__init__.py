"""The ways to write what comes from the field."""

from shouwang.sync.actions.arriving import Asking, Stranger, take_in
from shouwang.sync.actions.devices import Enrolled, enrol_device, hand_caseload, invite_device, revoke_device
from shouwang.sync.actions.events import Handler, connect, publish
from shouwang.sync.actions.facts import add_facts
from shouwang.sync.actions.handover import HandedOver, take_handover
from shouwang.sync.actions.intake import Taken, Taker, connect_takers, of_one_device, take_batch
from shouwang.sync.actions.quarantine import settle_quarantined

__all__ = [
    "Asking",
    "Enrolled",
    "HandedOver",
    "Handler",
    "Stranger",
    "Taken",
    "Taker",
    "add_facts",
    "connect",
    "connect_takers",
    "enrol_device",
    "hand_caseload",
    "invite_device",
    "of_one_device",
    "publish",
    "revoke_device",
    "settle_quarantined",
    "take_batch",
    "take_handover",
    "take_in",
]
