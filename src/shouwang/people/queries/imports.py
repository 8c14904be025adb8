"""Uploads of rosters: the list, one of them, its plan while it waits and its outcome once it is loaded."""

import base64
import json
from dataclasses import asdict, dataclass

from shouwang.access.enums import Permission
from shouwang.access.sealed import Sealed
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.enums import ImportState
from shouwang.people.models import RosterImport
from shouwang.people.queries.planning import RosterPlan, plan_roster
from shouwang.people.rules.rejects import written
from shouwang.people.rules.rows import Header, Issue, RosterRow, Severity


@dataclass(frozen=True, slots=True)
class Change:
    """What a file changed about one person: field → (old, new), numbers masked."""

    resident: int
    row: int
    name: str
    fields: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept of a loaded file: the rows that came back and what changed."""

    rejected: tuple[RosterRow, ...]
    changes: tuple[Change, ...]

    @classmethod
    def of(cls, plan: RosterPlan) -> "Outcome":
        changes = tuple(
            Change(one.known.id, one.row.number, one.known.name, dict(one.changes))
            for one in plan.changed
            if one.known
        )
        return cls(tuple(plan.rejected), changes)

    def sealed(self) -> str:
        """As text for a sealed field."""
        rows = [
            {
                "number": row.number,
                "sheet": row.sheet,
                "labels": row.header.labels,
                "cells": [written(cell) for cell in row.cells],
                "name": row.name,
                "issues": [asdict(issue) for issue in row.issues],
            }
            for row in self.rejected
        ]
        return json.dumps(
            {"rejected": rows, "changes": [asdict(one) for one in self.changes]}, ensure_ascii=False
        )

    @classmethod
    def opened(cls, text: str) -> "Outcome":
        kept = json.loads(text)
        rows = tuple(
            RosterRow(
                row["number"],
                row["sheet"],
                Header(tuple(row["labels"]), {}),
                tuple(row["cells"]),
                row["name"],
                issues=tuple(
                    Issue(**{**issue, "severity": Severity(issue["severity"])}) for issue in row["issues"]
                ),
            )
            for row in kept["rejected"]
        )
        changes = tuple(
            Change(**{**one, "fields": {name: (old, new) for name, (old, new) in one["fields"].items()}})
            for one in kept["changes"]
        )
        return cls(rows, changes)


def roster_import(scope: Scope, import_id: int) -> RosterImport:
    """One upload, with who uploaded and loaded it. Raises `NotFound`, `Forbidden`."""
    found = RosterImport.objects.select_related("uploaded_by", "loaded_by").filter(pk=import_id).first()
    if found is None:
        raise NotFound("roster_import", import_id)
    scope.require(Permission.IMPORT_ROSTER, found.community)
    return found


def roster_imports(scope: Scope, community: int, *, limit: int = 20) -> list[RosterImport]:
    """The latest uploads of a community, the newest first, without what is in them."""
    scope.require(Permission.IMPORT_ROSTER, community)
    found = RosterImport.objects.filter(community=community).exclude(state=ImportState.DISCARDED)
    return list(found.select_related("uploaded_by").defer("content").order_by("-uploaded_at", "-id")[:limit])


def plan_of(scope: Scope, upload: RosterImport) -> RosterPlan:
    """What loading a waiting upload would do now."""
    sealed: object = upload.content
    if upload.state != ImportState.PREVIEW or not isinstance(sealed, Sealed):
        raise Refused(
            "import_gone", gettext_noop("This upload no longer waits to be loaded: upload the file again.")
        )
    content = base64.b64decode(sealed.open())
    return plan_roster(scope, upload.community, file_name=upload.file_name, content=content)


def outcome_of(scope: Scope, upload: RosterImport) -> Outcome:
    """The rejected rows and changes of an upload: to come while it waits, as they were once it is loaded.

    Empty once they have been deleted.
    """
    sealed: object = upload.content
    if not isinstance(sealed, Sealed):
        return Outcome((), ())
    if upload.state == ImportState.PREVIEW:
        return Outcome.of(plan_of(scope, upload))
    return Outcome.opened(sealed.open())
