"""Whether two people who came from elsewhere, seen or named by different sources, are one.

`compare` two sightings, `compare_all` one with all of a person's; `candidates` finds the pairs worth comparing among
many, `group` puts many together into people.
"""

from shouwang.people.rules.returnees.blocking import MOST_UNDER_ONE_KEY, candidates, told_keys
from shouwang.people.rules.returnees.groups import Grouped, group
from shouwang.people.rules.returnees.likeness import Likeness, compare, compare_all, reasons_of
from shouwang.people.rules.returnees.seen import Seen
from shouwang.people.rules.returnees.weights import CONTRADICTIONS, WEIGHTS

__all__ = [
    "CONTRADICTIONS",
    "MOST_UNDER_ONE_KEY",
    "WEIGHTS",
    "Grouped",
    "Likeness",
    "Seen",
    "candidates",
    "compare",
    "compare_all",
    "group",
    "reasons_of",
    "told_keys",
]
