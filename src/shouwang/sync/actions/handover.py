"""The hand-over file: what a phone could not send, because it died or was revoked, handed in by somebody else."""

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.sync.actions.intake import take_batch
from shouwang.sync.enums import Outcome
from shouwang.sync.models import Device
from shouwang.sync.queries.here import device_scope, here_of
from shouwang.sync.rules.batch import MOST_RECORDS, Unreadable, read_batch
from shouwang.sync.rules.gzipped import TooLong, unpack
from shouwang.sync.rules.records import DeviceHere
from shouwang.sync.sealing import Unopened, unseal_bytes

MAGIC = b"SWH1"
MOST_FILE, MOST_BYTES = 16 * 2**20, 64 * 2**20
"""Packed and unpacked; about 100,000 records, more than a phone gathers in a month."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of the records of a hand-over file: how many of each outcome, and the numbers still missing."""

    device: DeviceHere
    outcomes: Mapping[Outcome, int]
    missing: list[tuple[int, int]]


def take_handover(scope: Scope, file: bytes) -> HandedOver:
    """Take in a ``*.shouwang`` file. Handing it in again changes nothing.

    The device may have been revoked meanwhile: what it saw has happened. Who may is whoever manages the devices or
    records checks at its place; the audit keeps who it was, for a seal does not prove who wrote the file.
    """
    if not file.startswith(MAGIC):
        raise _no_file()
    try:
        batch = read_batch(unpack(unseal_bytes(file[len(MAGIC) :]), most=MOST_BYTES), most=None)
    except TooLong:
        raise Refused(
            "file_too_long", gettext_noop("This file is too long to be a hand-over file.")
        ) from None
    except Unopened as error:
        raise Refused(
            "file_not_ours",
            gettext_noop("This file does not open: it is damaged, or of another installation."),
        ) from error
    except (zlib.error, Unreadable) as error:
        raise _no_file() from error
    row = Device.objects.filter(device_id=batch.device).first() if batch.device else None
    if row is None:
        raise NotFound("device", batch.device)
    if not scope.may(Permission.MANAGE_DEVICES, row.community):
        scope.require(Permission.RECORD_CHECK, row.community)
    device = here_of(row)
    outcomes: Counter[Outcome] = Counter()
    with acting(device_scope(device)):
        for start in range(0, len(batch.records) or 1, MOST_RECORDS):
            part = replace(
                batch,
                records=batch.records[start : start + MOST_RECORDS],
                unsent=max(0, batch.unsent - start),
            )
            taken = take_batch(device_scope(device), device=device, batch=part, itself=False)
            outcomes.update(answer.outcome for answer in taken.answers)
    audit(
        scope, "hand_over", community=device.community, subject_kind="device", subject_id=device.key,
        detail={str(outcome): count for outcome, count in sorted(outcomes.items())},
    )  # fmt: skip
    return HandedOver(device, outcomes, taken.missing)


def _no_file() -> Refused:
    return Refused("no_handover_file", gettext_noop("This is no hand-over file of a phone (*.shouwang)."))
