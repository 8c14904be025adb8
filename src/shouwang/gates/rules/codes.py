"""Pass codes: short, for reading aloud and for typing with cold fingers."""

from collections.abc import Callable, Sequence

from shouwang.kernel.text import squeeze

ALPHABET = "234679ACDEFGHJKMNPQRTUVWXY"
"""Without 0 O, 1 I L, 5 S, 8 B, 2 Z: of each look-alike pair or trio at most one is here."""
LENGTH = 6
_DIGITS = frozenset("0123456789")


def make_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A new code; ``choose`` picks one of several letters at random. Never digits alone: those are tails of numbers."""
    while True:
        code = "".join(choose(ALPHABET) for _ in range(LENGTH))
        if not _DIGITS.issuperset(code):
            return code


def read_code(raw: object) -> str:
    """What was typed or scanned as a pass code, brought into form; empty if it cannot be one."""
    code = squeeze(raw).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """``KXM4T7`` → ``KXM 4T7``, for the eye."""
    return f"{code[:3]} {code[3:]}" if code else ""
