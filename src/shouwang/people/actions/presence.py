"""Record whether somebody is here: present, away, moved away, deceased."""

import datetime as dt

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.actions.population import count_population, lock_population
from shouwang.people.enums import Presence
from shouwang.people.events import ResidentCame, RosterChanged
from shouwang.people.models import Resident
from shouwang.people.queries.lodgers import GONE
from shouwang.sync.actions import publish


def set_presence(
    scope: Scope, *, resident_id: int, presence: Presence | str, since: dt.date | None = None
) -> Resident:
    """Set a resident's presence from the day ``since`` (default: today). What is so already stays as it is.

    Raises ``NotFound``, ``Forbidden``, and ``Refused`` for a day to come or for somebody who is on the roster anew.
    """
    presence, since = Presence(presence), since or clock.today()
    community = Resident.objects.filter(pk=resident_id).values_list("community", flat=True).first()
    if community is None:
        raise NotFound("resident", resident_id)
    scope.require(Permission.EDIT_PEOPLE, community)
    if since > clock.today():
        raise Refused("presence_future", gettext_noop("This day is still to come: enter it when it is here."))
    with transaction.atomic():
        lock_population(community)
        resident = Resident.objects.select_for_update(no_key=True).get(pk=resident_id)
        if resident.presence == presence:
            return resident
        if resident.presence in GONE and presence not in GONE:
            _refuse_twins(resident)
        before, resident.presence = resident.presence, presence
        resident.presence_since, resident.updated_at = since, clock.now()
        resident.save(update_fields=["presence", "presence_since", "updated_at"])
        count_population(community, resident.updated_at)
        audit(
            scope,
            "set_presence",
            community=community,
            subject_kind="resident",
            subject_id=resident.pk,
            detail={"before": before, "after": presence.value},
        )
        if before in GONE and presence not in GONE:
            publish(scope, ResidentCame(community, resident.household_id, resident.pk))
        publish(scope, RosterChanged(community))
    return resident


def _refuse_twins(resident: Resident) -> None:
    twins = Resident.objects.filter(community=resident.community, id_digest=resident.id_digest)
    if resident.id_digest and twins.exclude(presence__in=GONE).exclude(pk=resident.pk).exists():
        raise Refused(
            "person_twice",
            gettext_noop("This person is on the roster a second time, as present: use that entry."),
        )
