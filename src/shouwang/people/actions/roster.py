"""A roster comes in: upload and preview, then load or discard. The same file again changes nothing."""

import base64
import hashlib
from typing import Any

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.sealed import digest
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.actions.loading import write_plan
from shouwang.people.actions.population import lock_population
from shouwang.people.enums import ImportState
from shouwang.people.events import RosterChanged
from shouwang.people.models import RosterImport
from shouwang.people.queries.imports import Outcome, plan_of
from shouwang.people.queries.planning import PlannedPerson, RosterPlan, plan_roster
from shouwang.sync.actions import publish

_PEOPLE_IN_ONE_ENTRY = 500


def preview_roster(scope: Scope, *, community: int, file_name: str, content: bytes) -> RosterImport:
    """Keep an upload, sealed, with the figures of what loading it would do. Nobody is written yet.

    The same file of the same community, while its preview stands, answers that preview with fresh figures.
    """
    scope.require(Permission.IMPORT_ROSTER, community)
    if areas.level_of(community) is not Level.COMMUNITY:
        raise Refused("roster_community", gettext_noop("A roster belongs to one community: choose it first."))
    plan = plan_roster(scope, community, file_name=file_name, content=content)
    mark = digest(f"roster:{hashlib.sha256(content).hexdigest()}")
    with transaction.atomic():
        upload = (
            RosterImport.objects.select_for_update(no_key=True)
            .filter(community=community, state=ImportState.PREVIEW, file_digest=mark)
            .first()
        )
        if upload is None:
            upload = RosterImport(
                community=community,
                state=ImportState.PREVIEW,
                file_name=file_name[-200:],
                file_digest=mark,
                content=base64.b64encode(content).decode(),
                uploaded_by_id=scope.actor_id,
                uploaded_at=clock.now(),
            )
        upload.counts = plan.counts()
        upload.save()
        audit(
            scope,
            "preview_roster",
            community=community,
            subject_kind="roster_import",
            subject_id=upload.pk,
            detail=_figures(upload.counts),
        )
    return upload


def load_roster(scope: Scope, *, import_id: int) -> RosterImport:
    """Load a previewed upload in one transaction; loaded before, it is answered as it is.

    The plan is made anew under a lock, so what is loaded fits what is there now. People missing from the file stay.
    Of the upload only the rejected rows and the list of changes are kept, sealed.
    """
    with transaction.atomic():
        upload = _held(scope, import_id)
        if upload.state == ImportState.LOADED:
            return upload
        lock_population(upload.community)
        plan = plan_of(scope, upload)
        write_plan(scope, upload.community, plan)
        upload.state = ImportState.LOADED
        upload.counts = plan.counts()
        upload.loaded_by_id, upload.loaded_at = scope.actor_id, clock.now()
        upload.content = Outcome.of(plan).sealed()
        upload.save(update_fields=["state", "counts", "loaded_by", "loaded_at", "content"])
        _audit_load(scope, upload, plan)
        if plan.new or plan.changed:
            publish(scope, RosterChanged(upload.community))
    return upload


def discard_import(scope: Scope, *, import_id: int) -> RosterImport:
    """Empty an upload, or what is kept of a loaded one. A second time is harmless."""
    with transaction.atomic():
        upload = _held(scope, import_id)
        if upload.content is None:
            return upload
        upload.content = None
        if upload.state == ImportState.PREVIEW:
            upload.state = ImportState.DISCARDED
        upload.save(update_fields=["state", "content"])
        audit(
            scope,
            "discard_import",
            community=upload.community,
            subject_kind="roster_import",
            subject_id=upload.pk,
        )
    return upload


def _held(scope: Scope, import_id: int) -> RosterImport:
    upload = RosterImport.objects.select_for_update(no_key=True).filter(pk=import_id).first()
    if upload is None:
        raise NotFound("roster_import", import_id)
    scope.require(Permission.IMPORT_ROSTER, upload.community)
    return upload


def _figures(counts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: counts[name] for name in ("rows", "new", "changed", "unchanged", "rejected", "households_new")
    }


def _audit_load(scope: Scope, upload: RosterImport, plan: RosterPlan) -> None:
    """One entry for the load, and the changed fields of each person, by id: never what stood in them."""
    entries: list[tuple[str, dict[str, Any]]] = [
        ("load_roster", {**_figures(upload.counts), "fields": upload.counts["fields"]})
    ]
    for start in range(0, len(plan.changed), _PEOPLE_IN_ONE_ENTRY):
        part = plan.changed[start : start + _PEOPLE_IN_ONE_ENTRY]
        entries.append(("change_residents", {"residents": dict(map(_changed_fields, part))}))
    for verb, detail in entries:
        audit(
            scope,
            verb,
            community=upload.community,
            subject_kind="roster_import",
            subject_id=upload.pk,
            detail=detail,
        )


def _changed_fields(one: PlannedPerson) -> tuple[str, list[str]]:
    return str(one.resident), sorted(one.changes)
