"""A community's posts for two weeks, invented: sixty people, six posts round the clock, two at night, wishes."""

from random import Random

from shouwang.planning.roster import Cap, Cover, Person, Problem, Shift, Wish

TIMES = {"morning": 480, "evening": 480, "night": 480}


def community(people: int = 60, posts: int = 6, days: int = 14, *, seed: int) -> Problem:
    """Nobody begins earlier than 16 hours after her last shift; four nights at most; one in five keeps no nights."""
    draw = Random(seed)  # noqa: S311 invented, no secret
    gates = [f"post {number + 1}" for number in range(posts)]
    after = {"morning": (), "evening": ("morning",), "night": ("morning", "evening")}
    shifts = tuple(
        Shift(f"{gate} {time}", minutes, tuple(f"{other} {late}" for other in gates for late in after[time]))
        for gate in gates
        for time, minutes in TIMES.items()
    )
    nights = tuple(f"{gate} night" for gate in gates)
    names = [f"responder {number + 1}" for number in range(people)]
    staff = []
    for name in names:
        away = frozenset(draw.sample(range(days), draw.choice((0, 1, 1, 2))))
        cap = Cap(nights, 0 if draw.random() < 0.2 else 4)
        staff.append(Person(name, (cap,), 4 * 480, 7 * 480, 4, 1, 1, 2, away))
    wishes = tuple(
        Wish(
            draw.choice(names),
            draw.randrange(days),
            draw.choice(shifts).id,
            draw.randrange(1, 6),
            draw.random() < 0.6,
        )
        for _ in range(5 * people)
    )
    cover = tuple(
        Cover(day, shift.id, 2 if shift.id in nights else 1, 100, 20)
        for day in range(days)
        for shift in shifts
    )
    return Problem(days, shifts, tuple(staff), wishes, cover)
