"""The ways to write what households need. Each is one transaction, and each may come twice."""

from shouwang.supplies.actions.asking import NeedTold, ask, take_need
from shouwang.supplies.actions.following import follow_merge, follow_moves
from shouwang.supplies.actions.settling import (
    decline_request,
    finish_request,
    reopen_request,
    split_off,
    take_request,
)

__all__ = [
    "NeedTold",
    "ask",
    "decline_request",
    "finish_request",
    "follow_merge",
    "follow_moves",
    "reopen_request",
    "split_off",
    "take_need",
    "take_request",
]
