"""Households and residents, the imports that brought them, returnees, watches and what waits to be confirmed."""

from shouwang.people.models.household import Household, Population, Resident
from shouwang.people.models.lists import ListLine, ReturneeList
from shouwang.people.models.proposal import Proposal
from shouwang.people.models.returnee import Pair, Returnee
from shouwang.people.models.roster_import import RosterImport
from shouwang.people.models.sighting import Sighting, SightingKey
from shouwang.people.models.watch import Watch

__all__ = [
    "Household",
    "ListLine",
    "Pair",
    "Population",
    "Proposal",
    "Resident",
    "Returnee",
    "ReturneeList",
    "RosterImport",
    "Sighting",
    "SightingKey",
    "Watch",
]
