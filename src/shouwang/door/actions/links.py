"""Making links, a whole community's at once, and renewing them."""

from collections.abc import Collection

from django.db import connection

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.sealed import digest
from shouwang.door.models import DoorLink, DoorPlace
from shouwang.door.queries.links import place_of
from shouwang.door.rules.links import MOST_PLACES, code_of, kept, token_of
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.events import HouseholdsMerged
from shouwang.people.queries.behind_doors import homes_in_use


def make_links(scope: Scope, *, community: int) -> int:
    """Make a link for every household in use that has none; answers how many were made.

    One statement whatever their number. Raises ``Refused`` where nobody lives yet.
    """
    scope.require(Permission.ISSUE_PASS, community)
    homes = homes_in_use(community)
    if not homes:
        raise Refused("roster_empty", gettext_noop("No household is on the roster here. Import it first."))
    place = _place(community)
    secrets = [_kept(community, home, 0, place) for home in homes]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into door_doorlink"
            " (community, household, serial, token_digest, code_digest, made_at, made_by_id, uses, reports)"
            " select %s, home, 0, token, code, %s, %s, 0, 0"
            " from unnest(%s::bigint[], %s::bytea[], %s::bytea[]) as t (home, token, code)"
            " on conflict (community, household) do nothing",
            [
                *(community, clock.now(), scope.actor_id),
                *(homes, [token for token, _ in secrets], [code for _, code in secrets]),
            ],
        )
        made = cursor.rowcount
    if made:
        audit(
            scope,
            "make_door_links",
            community=community,
            subject_kind="area",
            subject_id=community,
            detail={"links": made},
        )
    return made


def renew_links(scope: Scope, *, community: int, households: Collection[int] | None = None) -> int:
    """Give these households, or all of a community, another link: what was printed before is dead from now on.

    Answers how many. A household without a link gets none by this.
    """
    scope.require(Permission.ISSUE_PASS, community)
    found = DoorLink.objects.select_for_update(no_key=True).filter(community=community)
    if households is not None:
        found = found.filter(household__in=households)
    before = list(found.order_by("id").values_list("id", "household", "serial"))
    place = place_of(community)
    secrets = [_kept(community, home, serial + 1, place) for _, home, serial in before]
    with connection.cursor() as cursor:
        cursor.execute(
            "update door_doorlink d set serial = serial + 1, token_digest = t.token, code_digest = t.code,"
            " renewed_at = %s, again_at = null"
            " from unnest(%s::bigint[], %s::bytea[], %s::bytea[]) as t (id, token, code) where d.id = t.id",
            [
                clock.now(),
                [link for link, _, _ in before],
                [token for token, _ in secrets],
                [code for _, code in secrets],
            ],
        )
    if before:
        single = len(before) == 1
        audit(
            scope,
            "renew_door_links",
            community=community,
            subject_kind="household" if single else "area",
            subject_id=before[0][1] if single else community,
            detail={"links": len(before)},
        )
    return len(before)


def follow_merge(scope: Scope, news: HouseholdsMerged) -> None:
    """Whose card opens nothing any more needs the card of the household she is of now: it is noted for the office."""
    if DoorLink.objects.filter(community=news.community, household__in=news.merged).exists():
        DoorLink.objects.filter(community=news.community, household=news.household_id).update(
            again_at=clock.now()
        )


def note_handed_out(scope: Scope, *, community: int, household: int) -> None:
    """The card was handed out again. Twice changes nothing."""
    scope.require(Permission.ISSUE_PASS, community)
    found = DoorLink.objects.filter(community=community, household=household, again_at__isnull=False)
    if found.update(again_at=None):
        audit(scope, "hand_out_card", community=community, subject_kind="household", subject_id=household)


def _kept(community: int, household: int, serial: int, place: int) -> tuple[bytes, bytes]:
    token = token_of(community, household, serial, digest)
    code = code_of(community, household, serial, place, digest)
    return kept(token.secret, digest), kept(code.secret, digest)


def _place(community: int) -> int:
    number = place_of(community)
    if not number:
        number = DoorPlace.objects.get_or_create(area=community)[0].number
    if number >= MOST_PLACES:
        raise Refused("door_places", gettext_noop("No more communities can have short codes here."))
    return number
