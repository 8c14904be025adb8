"""A county that sends its people, invented: sixty agencies, forty communities, 165 villages, 1,700 volunteers."""

from collections.abc import Iterator
from random import Random

from shouwang.planning.deployment import Area, Need, Person, Problem, Quota

COMMUNITIES, VILLAGES, AGENCIES = 40, 165, 60
SKILLS = (("medical", 0.05), ("driving", 0.35), ("dialect", 0.5))


def county(people: int = 1700, *, seed: int) -> Problem:
    """Communities lie within 6 km of the middle of the city and want 1,100 people, villages within 35 km want 603; most
    people live in the city. Forty are fixed by hand, twenty quotas name an agency and a community."""
    draw = Random(seed)  # noqa: S311 invented, no secret
    areas = [
        *(Area(f"community {n + 1}", draw.gauss(0, 3000), draw.gauss(0, 3000)) for n in range(COMMUNITIES)),
        *(
            Area(f"village {n + 1}", draw.uniform(-35000, 35000), draw.uniform(-35000, 35000))
            for n in range(VILLAGES)
        ),
    ]
    scale = people / 1700
    needs = [
        *_community_needs(draw, areas[:COMMUNITIES], scale),
        *_village_needs(draw, areas[COMMUNITIES:], scale),
    ]
    sizes = [draw.paretovariate(1.6) for _ in range(AGENCIES)]
    staff = []
    for number in range(people):
        agency = draw.choices(range(AGENCIES), sizes)[0]
        from_village = draw.random() < 0.15
        x, y = (
            (draw.uniform(-35000, 35000), draw.uniform(-35000, 35000))
            if from_village
            else (draw.gauss(0, 3500), draw.gauss(0, 3500))
        )
        skills = tuple(skill for skill, share in SKILLS if draw.random() < share)
        fixed = draw.choice(areas[:COMMUNITIES]).id if draw.random() < 40 / people else None
        staff.append(
            Person(
                f"responder {number + 1}", f"agency {agency + 1}", x, y, draw.random() < 0.38, skills, fixed
            )
        )
    free = {
        f"agency {n + 1}": sum(p.agency == f"agency {n + 1}" and not p.fixed_to for p in staff)
        for n in range(60)
    }
    quotas = []
    for area in draw.sample(areas[:COMMUNITIES], 20):
        sender = draw.choice([name for name, left in free.items() if left >= 8])
        least = draw.randrange(2, 6)
        free[sender] -= least
        quotas.append(Quota(sender, area.id, least))
    return Problem(tuple(areas), tuple(needs), tuple(staff), tuple(quotas))


def _community_needs(draw: Random, areas: list[Area], scale: float) -> Iterator[Need]:
    for area in areas:
        number = max(4, round(draw.gauss(26, 7) * scale))
        yield Need(f"{area.id}: gates", area.id, number, women=number // 4)
        yield Need(f"{area.id}: driver", area.id, 1, skills=("driving",))
        yield Need(f"{area.id}: nurse", area.id, 1, skills=("medical",), weight=300)


def _village_needs(draw: Random, areas: list[Area], scale: float) -> Iterator[Need]:
    for area in areas:
        number = max(2, round(draw.choice((2, 3, 3, 4, 4, 5)) * scale))
        yield Need(f"{area.id}: team", area.id, number, women=draw.choice((0, 0, 1)), skills=("dialect",))


def other_needs(problem: Problem, *, share: float, seed: int) -> dict[str, int]:
    """A change of needs by ``share`` of all places: some areas want fewer (gates closed), others as many more."""
    draw = Random(seed)  # noqa: S311 invented, no secret
    places = round(share * sum(need.number for need in problem.needs) / 2)
    numbers = {need.id: need.number for need in problem.needs}
    gates = [need.id for need in problem.needs if need.id.endswith("gates")]
    for _ in range(places):
        numbers[draw.choice([gate for gate in gates if numbers[gate] > 4])] -= 1
        numbers[draw.choice(gates)] += 1
    return {need.id: numbers[need.id] for need in problem.needs if numbers[need.id] != need.number}
