"""Households, residents, returnees and the imports that brought them."""

from shouwang.people.models.household import Household, Population, Resident
from shouwang.people.models.returnee import Returnee
from shouwang.people.models.roster_import import RosterImport

__all__ = ["Household", "Population", "Resident", "Returnee", "RosterImport"]
