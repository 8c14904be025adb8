"""An independent look at a roster: recounts everything from the problem, shares no code with the solver."""

from collections import Counter
from itertools import groupby

from shouwang.planning.roster.problem import Person, Problem, Solution

CLOSE = 1e-6


def faults(problem: Problem, solution: Solution) -> list[str]:
    """What is wrong with ``solution``, in words; empty if nothing is."""
    works: dict[str, dict[int, str]] = {person.id: {} for person in problem.people}
    shifts = {shift.id for shift in problem.shifts}
    found = []
    for person_id, day, shift in solution.assignments:
        if person_id not in works or shift not in shifts or not 0 <= day < problem.days:
            found.append(f"there is no {person_id}, day {day}, shift {shift}")
        elif day in works[person_id]:
            found.append(f"{person_id} works twice on day {day}")
        else:
            works[person_id][day] = shift
    for person in problem.people:
        found += [f"{person.id}: {fault}" for fault in _broken(problem, person, works[person.id])]
    total = cost(problem, works)
    if abs(total - solution.objective) > CLOSE * max(1.0, total):
        found.append(f"the objective is {total:g}, not {solution.objective:g}")
    if solution.bound > total + CLOSE * max(1.0, total):
        found.append(f"the bound {solution.bound:g} is above the objective {total:g}")
    return found


def cost(problem: Problem, works: dict[str, dict[int, str]]) -> int:
    """Wishes not granted, and posts short or overfull."""
    total = 0
    for wish in problem.wishes:
        granted = (works[wish.person].get(wish.day) == wish.shift) == wish.wanted
        total += 0 if granted else wish.weight
    there = Counter((day, shift) for days in works.values() for day, shift in days.items())
    for cover in problem.cover:
        number = there[cover.day, cover.shift]
        total += max(cover.need - number, 0) * cover.under + max(number - cover.need, 0) * cover.over
    return total


def _broken(problem: Problem, person: Person, days: dict[int, str]) -> list[str]:
    minutes = {shift.id: shift.minutes for shift in problem.shifts}
    after = {shift.id: shift.not_before for shift in problem.shifts}
    found = [f"works on day {day}, her day off" for day in person.off if day in days]
    found += [
        f"day {day} is pinned to {shift}" for day, shift in person.pinned.items() if days.get(day) != shift
    ]
    for cap in person.caps:
        number = sum(shift in cap.shifts for shift in days.values())
        if number > cap.most:
            found.append(f"{number} times {', '.join(cap.shifts)}, {cap.most} at most")
    total = sum(minutes[shift] for shift in days.values())
    if not person.least_minutes <= total <= person.most_minutes:
        found.append(f"{total} minutes, not {person.least_minutes} to {person.most_minutes}")
    for day, shift in days.items():
        if days.get(day + 1) in after[shift]:
            found.append(f"{days[day + 1]} on day {day + 1} after {shift}")
    start = 0
    for working, run in groupby(range(problem.days), key=lambda day: day in days):
        length = len(list(run))
        # What lies before the first and after the last day is thought to be long enough.
        inside = start > 0 and start + length < problem.days
        if working and length > person.most_in_a_row:
            found.append(f"{length} days in a row from day {start}")
        if inside and length < (person.least_in_a_row if working else person.least_off):
            found.append(f"only {length} days {'of work' if working else 'off'} from day {start}")
        start += length
    weekends = {(day + problem.first_weekday) // 7 for day in days if (day + problem.first_weekday) % 7 > 4}
    if len(weekends) > person.most_weekends:
        found.append(f"{len(weekends)} weekends, {person.most_weekends} at most")
    return found
