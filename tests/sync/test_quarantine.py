"""The office decides about what was set aside."""

import pytest

from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.sync import actions, queries
from shouwang.sync.enums import Settling
from shouwang.sync.models import Quarantined
from sync.phone import COMMUNITY, NEIGHBOUR, OFFICE, SYSTEM, enrolled, notes, scope_of, take_notes

pytestmark = pytest.mark.django_db


def aside(**changes: object) -> int:
    """The key of a record that was set aside."""
    phone = enrolled()
    assert phone.outcomes([phone.note("later", **changes)]) == ["quarantined"]
    with acting(OFFICE):
        return queries.quarantine(OFFICE, COMMUNITY)[0].key


def settle(key: int, settling: Settling) -> Quarantined:
    with acting(OFFICE):
        return actions.settle_quarantined(OFFICE, key=key, settling=settling)


def test_dismissed_it_is_no_longer_open_but_still_there() -> None:
    key = aside(kind="gossip")
    settle(key, Settling.DISMISSED)
    with acting(OFFICE):
        assert queries.quarantine(OFFICE, COMMUNITY) == []
        assert "later" in Quarantined.objects.get().raw.open()
        (entry,) = AuditEntry.objects.filter(verb="settle_quarantined")
    assert entry.detail["settling"] == "dismissed"
    again = settle(key, Settling.TAKEN_IN)
    assert again.settling == "dismissed"
    assert notes() == []


def test_a_newer_version_understands_it() -> None:
    key = aside(kind="gossip")
    with pytest.raises(Refused, match="unknown_kind"):
        settle(key, Settling.TAKEN_IN)
    actions.connect_takers({"gossip": take_notes})
    assert settle(key, Settling.TAKEN_IN).settling == "taken_in"
    assert [note.subject_id for note in notes()] == ["later"]
    settle(key, Settling.TAKEN_IN)
    assert len(notes()) == 1


def test_what_its_taker_still_refuses_stays_open() -> None:
    key = aside(body={"stumble": "refuse"})
    with pytest.raises(Refused, match="not_here"):
        settle(key, Settling.TAKEN_IN)
    with acting(SYSTEM):
        assert Quarantined.objects.get().settled_at is None


def test_who_may_settle() -> None:
    key = aside(kind="gossip")
    for role in (Role.GATE_KEEPER, Role.CALLER, Role.ADMINISTRATOR):
        with pytest.raises(Forbidden), acting(scope_of(role)):
            actions.settle_quarantined(scope_of(role), key=key, settling=Settling.DISMISSED)
        with pytest.raises(Forbidden), acting(scope_of(role)):
            queries.quarantine(scope_of(role), COMMUNITY)
    elsewhere = scope_of(Role.OFFICE, NEIGHBOUR)
    with pytest.raises(NotFound), acting(elsewhere):
        actions.settle_quarantined(elsewhere, key=key, settling=Settling.DISMISSED)
