"""When nothing fits: a smallest set of what was fixed by hand and of quotas that cannot hold together, in words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from shouwang.planning.deployment.problem import Person, Problem, Quota
from shouwang.planning.deployment.relax import Relaxation
from shouwang.planning.deployment.table import Table

Rule = Person | Quota


def clash(problem: Problem) -> list[str]:
    """Give up any one of them and the others hold. Each is named with what it says."""
    pins: list[Rule] = [person for person in problem.people if person.fixed_to is not None]
    rules = [*pins, *problem.quotas]
    return [_words(rule) for rule in _smallest(problem, [], rules, False)]


def _smallest(problem: Problem, kept: list[Rule], rules: Sequence[Rule], fresh: bool) -> list[Rule]:
    """QuickXplain (Junker 2004): of ``rules`` those that clash with each other and with ``kept``."""
    if fresh and not _holds(problem, kept):
        return []
    if len(rules) <= 1:
        return list(rules)
    half = len(rules) // 2
    second = _smallest(problem, [*kept, *rules[:half]], rules[half:], True)
    first = _smallest(problem, [*kept, *second], rules[:half], bool(second))
    return [*first, *second]


def _holds(problem: Problem, rules: Sequence[Rule]) -> bool:
    """Whether a deployment keeps these rules. Only the people whom they name matter."""
    pinned = {rule.id for rule in rules if isinstance(rule, Person)}
    quotas = tuple(rule for rule in rules if isinstance(rule, Quota))
    agencies = {quota.agency for quota in quotas}
    people = tuple(
        replace(person, fixed_to=person.fixed_to if person.id in pinned else None)
        for person in problem.people
        if person.id in pinned or person.agency in agencies
    )
    if not people:
        return not any(quota.least for quota in quotas)
    small = replace(problem, people=people, quotas=quotas)
    table = Table.of(small)
    relaxation = Relaxation(small, table)
    relaxation.all_pairs()
    apart = np.zeros((len(people), len(problem.areas)))
    return relaxation.solve(apart, whole=True, seconds=10) is not None


def _words(rule: Rule) -> str:
    if isinstance(rule, Person):
        return f"{rule.id} → {rule.fixed_to}"
    most = "" if rule.most is None else f" ≤ {rule.most}"
    return f"{rule.agency} → {rule.area or '*'}: ≥ {rule.least}{most}"
