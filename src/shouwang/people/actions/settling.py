"""Lines of lists settle by themselves when what they ask for becomes known, and open again when it is taken back."""

from collections.abc import Iterable

from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
from shouwang.people.enums import LineHow, LineState, ReturneeSource
from shouwang.people.models import ListLine, Returnee, ReturneeList, Sighting

_OVER_THE_WALL = Scope.system(reason="a list of an area above is closed by its communities")


def settle_lines(returnees: Iterable[Returnee]) -> None:
    """Lines that name one of these people are found if she is on the roster, or if anybody but a list told of her.

    What somebody settled by hand stays as it is.
    """
    people = {one.pk: one.resident_id for one in returnees}
    lines = ListLine.objects.select_for_update(no_key=True, of=("self",)).filter(
        sighting__returnee__in=people
    )
    waiting = list(lines.exclude(how=LineHow.HAND).select_related("sighting"))
    if not waiting:
        return
    told = set(
        Sighting.objects.filter(returnee__in=people)
        .exclude(source=ReturneeSource.LIST)
        .values_list("returnee", flat=True)
    )
    changed = []
    for line in waiting:
        person = line.sighting.returnee_id if line.sighting else None
        how = LineHow.ROSTER if people.get(person or 0) else LineHow.REGISTER if person in told else ""
        if how != line.how:
            line.how, line.state = how, LineState.FOUND if how else LineState.LOOKING
            line.settled_at = clock.now() if how else None
            changed.append(line)
    ListLine.objects.bulk_update(changed, ["how", "state", "settled_at"])
    close_lists({line.listed_in_id for line in changed})


def close_lists(lists: Iterable[int]) -> None:
    """A list is closed while none of its lines is open, wherever they are."""
    lists = sorted(lists)
    if not lists:
        return
    with acting(_OVER_THE_WALL):
        held = ReturneeList.objects.select_for_update(no_key=True).filter(pk__in=lists, content=None)
        for one in held.order_by("pk"):
            open_ = ListLine.objects.filter(listed_in=one, state=LineState.LOOKING).exists()
            if open_ == (one.closed_at is not None):
                one.closed_at = None if open_ else clock.now()
                one.save(update_fields=["closed_at"])
