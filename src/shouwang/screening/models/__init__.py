"""Rounds and their facts, the ledger of each day, and what follows from them."""

from shouwang.screening.models.following import CallBack, FeverCall
from shouwang.screening.models.ledger import Ledger
from shouwang.screening.models.rounds import Attempt, DueList, Reading, Round
from shouwang.screening.models.sheets import Sheet

__all__ = ["Attempt", "CallBack", "DueList", "FeverCall", "Ledger", "Reading", "Round", "Sheet"]
