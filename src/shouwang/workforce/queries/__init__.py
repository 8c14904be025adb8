"""The ways to read who reaches whom."""

from shouwang.workforce.queries.caseloads import (
    CaseloadHere,
    Owner,
    assigned,
    caseload,
    caseload_of,
    caseloads,
    caseloads_holding,
    caseloads_of_caller,
    division_counts,
    households_of,
    owners,
)

__all__ = [
    "CaseloadHere",
    "Owner",
    "assigned",
    "caseload",
    "caseload_of",
    "caseloads",
    "caseloads_holding",
    "caseloads_of_caller",
    "division_counts",
    "households_of",
    "owners",
]
