"""Lists from above: looked at, loaded, and closed line by line."""

import base64
import hashlib
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.people.actions.knowing import link_resident
from shouwang.people.actions.locks import lock_register
from shouwang.people.actions.returnees import register_returnee
from shouwang.people.actions.settling import close_lists, settle_lines
from shouwang.people.enums import LineHow, LineState, ReturneeSource
from shouwang.people.models import ListLine, Resident, Returnee, ReturneeList
from shouwang.people.queries.lines import place_lines, sealed_of, told_of
from shouwang.people.rules.lines import Lines, read_list
from shouwang.places import queries as places

AT_ONCE = 300
"""Lines that are entered while somebody waits; of a longer list the worker enters the rest."""
_BATCH = 2_000
_NAMES = UUID("7d0c1c58-3d5a-4f43-9d53-6f5b0e0b6a10")
_SHORTEST_PROOF = 2


def preview_list(
    scope: Scope, *, area: int, file_name: str, content: bytes, agency: str = ""
) -> ReturneeList:
    """Keep a list from above, sealed, to be looked at. The same file of the same area is the same list, loaded or not.

    Raises ``Refused`` for what is no list, ``Forbidden``.
    """
    scope.require(Permission.REGISTER_RETURNEE, *areas.span(area))
    lines = read_list(content, file_name, today=clock.today()).lines
    mark = hashlib.sha256(content).digest()
    with transaction.atomic():
        found, made = ReturneeList.objects.get_or_create(
            community=area,
            digest=mark,
            defaults={
                "name": file_name[-120:],
                "agency": prose(agency)[:60],
                "content": base64.b64encode(content).decode(),
                "rows": len(lines),
                "received_at": clock.now(),
                "received_by_id": scope.actor_id,
            },
        )
        if made:
            _told(scope, "preview_list", found, {"rows": len(lines)})
    return found


def load_list(scope: Scope, *, list_id: int) -> ReturneeList:
    """Every line becomes one to be closed; whose community is known are entered in its register. Loaded before, it is
    answered as it is."""
    with transaction.atomic():
        found = _held(scope, list_id)
        if found.content is None:
            return found
        lines = read_waiting(found).lines
        communities = place_lines(scope, found.community, lines)
        ListLine.objects.bulk_create(
            (
                ListLine(
                    community=community or found.community,
                    listed_in=found,
                    list_name=found.name,
                    sheet=line.sheet[:60],
                    row=line.row,
                    part=line.part,
                    cells=sealed_of(line),
                    issues=[list(issue) for issue in line.issues],
                )
                for line, community in zip(lines, communities, strict=True)
            ),
            batch_size=_BATCH,
        )
        found.content, found.rows = None, len(lines)
        found.save(update_fields=["content", "rows"])
        _told(scope, "load_list", found, {"rows": len(lines), "placed": sum(map(bool, communities))})
        if len(lines) <= AT_ONCE:
            enter_lines(scope, list_id=list_id, most=AT_ONCE + 1)
        close_lists({found.pk})
    return found


def discard_list(scope: Scope, *, list_id: int) -> int:
    """Delete a list that was only looked at. Answers its area."""
    with transaction.atomic():
        found = _held(scope, list_id)
        if found.content is None:
            raise Refused(
                "list_loaded", gettext_noop("This list is loaded: its lines are closed one by one.")
            )
        _told(scope, "discard_list", found, {"rows": found.rows})
        found.delete()
    return found.community


def read_waiting(found: ReturneeList) -> Lines:
    """The lines of a list that waits to be loaded."""
    sealed: object = found.content
    if sealed is None:
        return Lines(())
    content = base64.b64decode(sealed.open())  # type: ignore[attr-defined]
    return read_list(content, found.name, today=clock.today())


def enter_lines(scope: Scope, *, list_id: int, after: int = 0, most: int = AT_ONCE) -> int | None:
    """Enter the next lines of a list, of those behind line ``after``, in the registers of their communities.

    Answers the last line looked at, ``None`` when there are no more.
    """
    with transaction.atomic():
        waiting = ListLine.objects.select_for_update(no_key=True).filter(
            listed_in=list_id, sighting=None, state=LineState.LOOKING, pk__gt=after
        )
        lines = list(waiting.order_by("id")[:most])
        _enter(scope, lines)
    return lines[-1].pk if len(lines) == most else None


def settle_line(
    scope: Scope, *, line_id: int, state: LineState | str, proof: str = "", resident_id: int | None = None
) -> ListLine:
    """Close a line: found, as ``resident_id`` of the roster or with a ``proof`` of where she is; or not here, with a
    proof of who says so. ``looking`` opens it again. The same twice is once.

    Raises ``NotFound``, ``Forbidden``, ``Refused`` without a proof or for somebody of another community.
    """
    state, proof = LineState(state), prose(proof)[:200]
    with transaction.atomic():
        line = _held_line(scope, line_id)
        if state is LineState.LOOKING:
            return _open(scope, line)
        if resident_id is None and len(proof) < _SHORTEST_PROOF:
            raise Refused(
                "proof_empty", gettext_noop("Write down how it is known, and who said so: others will ask.")
            )
        if resident_id is not None:
            _link(scope, line, resident_id)
        if (line.state, line.proof, line.settled_by_id) == (state, proof, scope.actor_id):
            return line
        before = line.state
        line.state, line.proof, line.how = state, proof, LineHow.HAND
        line.settled_at, line.settled_by_id = clock.now(), scope.actor_id
        line.save(update_fields=["state", "proof", "how", "settled_at", "settled_by"])
        _told_line(
            scope, "settle_line", line, {"before": before, "after": state.value, "resident": resident_id}
        )
        close_lists({line.listed_in_id})
    return line


def hand_on_line(scope: Scope, *, line_id: int, community: int) -> ListLine:
    """A line belongs to another community, which looks for her from now on; who sent the list sees where it went.

    Only an open line can be handed on. What was entered of it here stays in this register as it was told.
    """
    if community not in places.names([community]) or areas.level_of(community) is not Level.COMMUNITY:
        raise NotFound("community", community)
    with transaction.atomic():
        line = _held_line(scope, line_id, community)
        if line.community == community:
            return line
        if line.state != LineState.LOOKING:
            raise Refused("line_settled", gettext_noop("This line is settled: open it again first."))
        before = line.community
        with acting(Scope.system(reason="a line of a list is handed on")):
            line.community, line.sighting = community, None
            line.save(update_fields=["community", "sighting"])
            _enter(Scope.system(reason="a line of a list is handed on"), [line])
            line.refresh_from_db(fields=["state", "how", "settled_at"])
        audit(
            scope,
            "hand_on_line",
            community=before,
            subject_kind="list_line",
            subject_id=line.pk,
            detail={"before": before, "after": community},
        )
        close_lists({line.listed_in_id})
    return line


def _enter(scope: Scope, lines: Sequence[ListLine]) -> None:
    """The sightings of the lines whose community is known and that name somebody."""
    lock_register(*(line.community for line in lines))
    entered = []
    for line in lines:
        told = told_of(line)
        if not told.name or areas.level_of(line.community) is not Level.COMMUNITY:
            continue
        also = [told.told.get(name, "") for name in ("route", "companions", "remarks")]
        line.sighting = register_returnee(
            scope,
            community=line.community,
            name=told.name,
            numbers=told.numbers(),
            origin=told.told.get("origin", ""),
            source=ReturneeSource.LIST,
            source_id=uuid5(_NAMES, f"{line.listed_in_id}/{line.pk}/{line.community}"),
            arrived_on=told.arrived_on,
            remarks="；".join(filter(None, also)),
        )
        entered.append(line)
    ListLine.objects.bulk_update(entered, ["sighting"])
    settle_lines(Returnee.objects.filter(sightings__in=[line.sighting for line in entered]).distinct())


def _link(scope: Scope, line: ListLine, resident_id: int) -> None:
    if not Resident.objects.filter(pk=resident_id, community=line.community).exists():
        raise NotFound("resident", resident_id)
    if line.sighting is not None and line.sighting.returnee_id is not None:
        link_resident(scope, returnee_id=line.sighting.returnee_id, resident_id=resident_id)


def _open(scope: Scope, line: ListLine) -> ListLine:
    if line.state == LineState.LOOKING:
        return line
    before, person = line.state, line.sighting.returnee if line.sighting else None
    if line.how == LineHow.HAND and not line.proof and person and "resident" in person.by_hand:
        link_resident(scope, returnee_id=person.pk, resident_id=None)  # it was this line that said who she is
    line.state, line.proof, line.how = LineState.LOOKING, "", ""
    line.settled_at = line.settled_by = None
    line.save(update_fields=["state", "proof", "how", "settled_at", "settled_by"])
    _told_line(scope, "settle_line", line, {"before": before, "after": LineState.LOOKING.value})
    close_lists({line.listed_in_id})
    return line


def _held(scope: Scope, list_id: int) -> ReturneeList:
    found = ReturneeList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
    if found is None:
        raise NotFound("list", list_id)
    scope.require(Permission.REGISTER_RETURNEE, *areas.span(found.community))
    return found


def _held_line(scope: Scope, line_id: int, *also: int) -> ListLine:
    """The line, with the registers of its community and of ``also`` held."""
    here = ListLine.objects.filter(pk=line_id).values_list("community", flat=True)
    lock_register(*here, *also)
    line = (
        ListLine.objects.select_for_update(no_key=True, of=("self",))
        .select_related("sighting__returnee")
        .filter(pk=line_id)
        .first()
    )
    if line is None:
        raise NotFound("line", line_id)
    scope.require(Permission.REGISTER_RETURNEE, line.community)
    scope.require(Permission.READ_PEOPLE, line.community)
    return line


def _told(scope: Scope, verb: str, found: ReturneeList, detail: dict[str, object]) -> None:
    audit(
        scope,
        verb,
        community=found.community,
        subject_kind="returnee_list",
        subject_id=found.pk,
        detail=detail,
    )


def _told_line(scope: Scope, verb: str, line: ListLine, detail: dict[str, object]) -> None:
    audit(scope, verb, community=line.community, subject_kind="list_line", subject_id=line.pk, detail=detail)
