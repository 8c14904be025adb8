"""Lists from above and their lines: what is open, where, and who each line may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet

from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.kernel import areas
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.enums import LineState
from shouwang.people.models import ListLine, Resident, ReturneeList
from shouwang.people.queries.lines import Told, alike_of, seen_in, told_of
from shouwang.people.rules.returnees import Likeness


@dataclass(frozen=True, slots=True)
class Counts:
    """The lines of a list: every one is of exactly one of the three states. ``elsewhere`` of them are not, or not yet,
    of a community of the area asked about; ``unplaced`` open ones wait for somebody to say where."""

    lines: int = 0
    found: int = 0
    not_here: int = 0
    looking: int = 0
    elsewhere: int = 0
    unplaced: int = 0

    @property
    def settled(self) -> int:
        return self.found + self.not_here


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line with what it tells, and who of the roster it may mean, the likeliest first."""

    line: ListLine
    told: Told
    alike: Sequence[tuple[Resident, Likeness]] = field(default_factory=list)


def open_lines(scope: Scope, first: int, last: int) -> dict[int, int]:
    """Community → how many lines of lists from above are still looked for there. None is left out as 0."""
    scope.require(Permission.READ_PEOPLE, first, last)
    rows = ListLine.objects.filter(community__range=(first, last), state=LineState.LOOKING)
    return dict(rows.order_by().values_list("community").annotate(Count("id")))


def returnee_list(scope: Scope, list_id: int) -> ReturneeList:
    """One list. Raises `NotFound`, `Forbidden`."""
    found = ReturneeList.objects.select_related("received_by").filter(pk=list_id).first()
    if found is None:
        raise NotFound("list", list_id)
    scope.require(Permission.READ_PEOPLE, *areas.span(found.community))
    return found


def returnee_lists(scope: Scope, area: int, *, limit: int = 100) -> list[tuple[ReturneeList, Counts]]:
    """The lists of an area and of the areas in it, the latest first, each with its counts."""
    span = areas.span(area)
    scope.require(Permission.READ_PEOPLE, *span)
    found = ReturneeList.objects.filter(community__range=span).select_related("received_by").defer("content")
    lists = list(found.order_by("-received_at", "-id")[:limit])
    counts = _counts(lists)
    return [(one, counts.get(one.pk, Counts())) for one in lists]


def counts_of(scope: Scope, found: ReturneeList) -> Counts:
    """The counts of one list, its lines handed on to others among them."""
    scope.require(Permission.READ_PEOPLE, *areas.span(found.community))
    return _counts([found]).get(found.pk, Counts())


def _counts(lists: Sequence[ReturneeList]) -> dict[int, Counts]:
    """Over the wall, and figures alone: whoever sent a list sees where each line stands, wherever it went."""
    area_of = {one.pk: one.community for one in lists}
    found: dict[int, Counts] = {}
    with acting(Scope.system(reason="counts of lists from above")):
        rows = (
            ListLine.objects.filter(listed_in__in=area_of)
            .order_by()
            .values_list("listed_in", "community", "state")
            .annotate(Count("id"))
        )
        grouped = list(rows)
    sums: dict[int, dict[str, int]] = {}
    for listed_in, community, state, count in grouped:
        one = sums.setdefault(listed_in, dict.fromkeys(Counts.__slots__, 0))
        area = area_of[listed_in]
        first, last = areas.span(area)
        one["lines"] += count
        one[state] += count
        one["elsewhere"] += 0 if first <= community <= last else count
        if state == LineState.LOOKING and areas.level_of(community) is not areas.Level.COMMUNITY:
            one["unplaced"] += count
    for listed_in, one in sums.items():
        found[listed_in] = Counts(**one)
    return found


def lines_of(scope: Scope, *, list_id: int | None = None, community: int | None = None) -> QuerySet[ListLine]:
    """The lines of a list, or those that a community has to close, in the order of their files."""
    rows = ListLine.objects.select_related("sighting__resident__household__compound", "settled_by")
    if community is not None:
        scope.require(Permission.READ_PEOPLE, community)
        rows = rows.filter(community=community)
    if list_id is not None:
        returnee_list(scope, list_id)
        rows = rows.filter(listed_in=list_id)
    return rows.order_by("listed_in", "id")  # as they were loaded: in the order of the file


def in_state(rows: QuerySet[ListLine], state: str) -> QuerySet[ListLine]:
    """Those in a state, or ``unplaced``: open, and of no community yet; all of them for an empty word."""
    if state == "unplaced":
        return rows.filter(state=LineState.LOOKING, community=F("listed_in__community"))
    return rows.filter(state=state) if state else rows


def opened(scope: Scope, lines: Sequence[ListLine]) -> list[OpenLine]:
    """Lines of one page with what they tell; the open ones with who of the roster may be meant, in two queries."""
    told = [told_of(line) for line in lines]
    wanted = [at for at, line in enumerate(lines) if line.state == LineState.LOOKING]
    alike: dict[int, list[tuple[Resident, Likeness]]] = {}
    if wanted:
        codes = [lines[at].community for at in wanted]
        span = min(areas.span(code)[0] for code in codes), max(areas.span(code)[1] for code in codes)
        seen = [
            seen_in(
                told[at].name, told[at].told, told[at].numbers(), community=lines[at].community,
                born_on=told[at].born_on, arrived_on=told[at].arrived_on,
            )
            for at in wanted
        ]  # fmt: skip
        alike = {wanted[index]: found for index, found in alike_of(span, seen).items()}
    return [OpenLine(line, told[at], alike.get(at, [])) for at, line in enumerate(lines)]
