"""Caseloads and who carries them."""

from collections.abc import Mapping

from django.db import connection
from django.db.models import Max

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.queries import has_account_for
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.sync.actions import publish
from shouwang.workforce.events import OwnersChanged
from shouwang.workforce.models import Caseload

LONGEST = 20
LOCK = 4217
"""Tells these advisory locks from others."""


def make_caseload(
    scope: Scope, *, community: int, name: str = "", caller_id: int | None = None, caller_name: str = ""
) -> Caseload:
    """A new caseload, without households yet. Without a name it gets the next free number."""
    scope.require(Permission.MANAGE_CASELOADS, community)
    lock_caseloads(community)
    here = Caseload.objects.filter(community=community, active=True)
    now = clock.now()
    made = Caseload(
        community=community,
        name=_fresh_name(community, name or next_name(set(here.values_list("name", flat=True)))),
        order=(here.aggregate(last=Max("order"))["last"] or 0) + 1,
        created_at=now,
        changed_at=now,
        changed_by_id=scope.actor_id,
    )
    _give(made, caller_id, caller_name)
    made.save()
    _note(scope, "make_caseload", made)
    return made


def rename(scope: Scope, *, caseload_id: int, name: str) -> Caseload:
    """Give a caseload another name. Raises ``Refused`` for one that another has."""
    found = locked(scope, caseload_id)
    if found.name == prose(name):
        return found
    found.name = _fresh_name(found.community, name)
    return _save(scope, found, "rename_caseload", "name")


def set_caller(
    scope: Scope, *, caseload_id: int, caller_id: int | None = None, caller_name: str = ""
) -> Caseload:
    """Say who carries a caseload: an account, a volunteer's name, or nobody.

    With nobody its households stay together and are unassigned from now on, which the ledger tells aloud.
    """
    found = locked(scope, caseload_id)
    before = (found.caller_id, found.caller_name)
    _give(found, caller_id, caller_name)
    if (found.caller_id, found.caller_name) == before:
        return found
    saved = _save(scope, found, "set_caller", "caller", "caller_name")
    publish(scope, OwnersChanged(found.community))
    return saved


def set_callers(scope: Scope, *, community: int, callers: Mapping[int, int | str]) -> int:
    """Say who carries many caseloads at once: caseload → an account's id or a volunteer's name. Answers how many."""
    scope.require(Permission.MANAGE_CASELOADS, community)
    lock_caseloads(community)
    found = list(Caseload.objects.filter(community=community, active=True, pk__in=callers))
    if len(found) < len(callers):
        raise NotFound("caseload", min(set(callers) - {one.pk for one in found}))
    for one in found:
        who = callers[one.pk]
        _give(one, *((who, "") if isinstance(who, int) else (None, who)))
        one.changed_at, one.changed_by_id = clock.now(), scope.actor_id
    Caseload.objects.bulk_update(found, ["caller", "caller_name", "changed_at", "changed_by"], batch_size=500)
    audit(scope, "set_caller", community=community, subject_kind="caseload", detail={"caseloads": len(found)})
    publish(scope, OwnersChanged(community))
    return len(found)


def close_caseload(scope: Scope, *, caseload_id: int) -> Caseload:
    """Take an empty caseload out of use. Raises ``Refused`` while households are in it."""
    found = locked(scope, caseload_id)
    if found.assignments.exists():
        raise Refused(
            "caseload_full",
            gettext_noop("Households are still in this caseload. Give them to the others first."),
        )
    found.active = False
    return _save(scope, found, "close_caseload", "active")


def lock_caseloads(community: int) -> None:
    """Whoever changes caseloads of a community does so alone, until the end of the transaction: divisions read and
    write all of them, and there is no row to lock before the first is made."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, hashint8(%s))", [LOCK, community])


def locked(scope: Scope, caseload_id: int) -> Caseload:
    """A caseload in use, its community's locked. Raises ``NotFound``, ``Forbidden``."""
    community = (
        Caseload.objects.filter(pk=caseload_id, active=True).values_list("community", flat=True).first()
    )
    if community is None:
        raise NotFound("caseload", caseload_id)
    scope.require(Permission.MANAGE_CASELOADS, community)
    lock_caseloads(community)
    return Caseload.objects.get(pk=caseload_id)


def next_name(taken: set[str]) -> str:
    """The lowest number that is no caseload's name."""
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)


def _fresh_name(community: int, written: str) -> str:
    name = prose(written)
    if not name or len(name) > LONGEST:
        raise Refused(
            "caseload_name",
            gettext_noop("Give the caseload a name of at most %(most)s characters."),
            most=LONGEST,
        )
    if Caseload.objects.filter(community=community, active=True, name=name).exists():
        raise Refused(
            "caseload_name_taken",
            gettext_noop("There is a caseload “%(name)s” here already. Take another name."),
            name=name,
        )
    return name


def _give(caseload: Caseload, caller_id: int | None, caller_name: str) -> None:
    name = prose(caller_name)
    if caller_id is not None and name:
        raise Refused("caller_twice", gettext_noop("Choose an account or write a name, not both."))
    if len(name) > 60:
        raise Refused("caller_name", gettext_noop("A name has at most 60 characters."))
    if caller_id is not None and not has_account_for(
        caller_id, Permission.RECORD_ATTEMPT, caseload.community
    ):
        raise Refused(
            "caller_unknown",
            gettext_noop(
                "This account may not record calls here. Ask the administrator to give it the role."
            ),
        )
    caseload.caller_id, caseload.caller_name = caller_id, name


def _save(scope: Scope, caseload: Caseload, verb: str, *fields: str) -> Caseload:
    caseload.changed_at, caseload.changed_by_id = clock.now(), scope.actor_id
    caseload.save(update_fields=[*fields, "changed_at", "changed_by"])
    _note(scope, verb, caseload)
    return caseload


def _note(scope: Scope, verb: str, caseload: Caseload) -> None:
    audit(
        scope, verb, community=caseload.community, subject_kind="caseload", subject_id=caseload.pk,
        detail={"caller": caseload.caller_id},
    )  # fmt: skip
