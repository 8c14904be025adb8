"""What opens a household's page: the token in the QR on its card, and the short code for whoever cannot scan.

Token: community (8 places of base 36) and secret (20 letters, 98 bits). Code: number of the community's place
(3 letters), secret (8 letters, 39 bits), check letter. Both say the community first, so that the wall stands there
before anything is looked up. Both are drawn from a keyed digest: a card can be printed again, and the database alone
tells nobody what stands on it.
"""

from collections.abc import Callable
from typing import NamedTuple

from shouwang.kernel.areas import Level, level_of
from shouwang.kernel.errors import Refused
from shouwang.kernel.text import squeeze

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None that is taken for another when it has to be typed."""
MOST_PLACES = len(LETTERS) ** 3
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN_HEAD, _TOKEN_SECRET, _CODE_HEAD, _CODE_SECRET = 8, 20, 3, 8
_VALUE = {letter: value for value, letter in enumerate(LETTERS)}

Digest = Callable[[str], bytes]
"""A keyed digest of 32 bytes: ``access.sealed.digest``."""


class Token(NamedTuple):
    """What stands in a link. ``secret`` in small letters."""

    community: int
    secret: str

    def __str__(self) -> str:
        rest, head = self.community, ""
        for _ in range(_TOKEN_HEAD):
            rest, value = divmod(rest, 36)
            head = _BASE36[value] + head
        return head + self.secret


class Code(NamedTuple):
    """What is typed. ``place`` is the number of a community, see ``models.DoorPlace``."""

    place: int
    secret: str

    def __str__(self) -> str:
        said = _spelled(self.place, _CODE_HEAD) + self.secret
        said += LETTERS[_check(said)]
        return "-".join(said[at : at + 4] for at in (0, 4, 8))


def token_of(community: int, household: int, serial: int, digest: Digest) -> Token:
    """The token of the household's link, renewed ``serial`` times."""
    said = _letters(digest(f"door token\0{community}.{household}.{serial}"), _TOKEN_SECRET)
    return Token(community, said.lower())


def code_of(community: int, household: int, serial: int, place: int, digest: Digest) -> Code:
    """The short code of the same link."""
    return Code(place, _letters(digest(f"door code\0{community}.{household}.{serial}"), _CODE_SECRET))


def kept(secret: str, digest: Digest) -> bytes:
    """What the database keeps of a secret: 16 bytes that lead to it only with the key."""
    return digest(f"door kept\0{secret}")[:16]


def read_token(text: str) -> Token | None:
    """``None`` if it is not of that shape."""
    if len(text) != _TOKEN_HEAD + _TOKEN_SECRET or not text.isascii() or not text.isalnum():
        return None
    text = text.lower()
    head, secret = text[:_TOKEN_HEAD], text[_TOKEN_HEAD:]
    try:
        community = int(head, 36)
        return Token(community, secret) if level_of(community) is Level.COMMUNITY else None
    except Refused:
        return None


def read_code(typed: object) -> Code | None:
    """The code as it was typed, in any case, with dashes and spaces or without; ``None`` if it was mistyped.

    The check letter finds every single wrong letter and nearly every two that changed places.
    """
    text = "".join(letter for letter in squeeze(typed).upper() if letter.isalnum())
    if len(text) != _CODE_HEAD + _CODE_SECRET + 1 or not set(text) <= _VALUE.keys():
        return None
    if _VALUE[text[-1]] != _check(text[:-1]):
        return None
    place = 0
    for letter in text[:_CODE_HEAD]:
        place = place * len(LETTERS) + _VALUE[letter]
    return Code(place, text[_CODE_HEAD:-1])


def _check(text: str) -> int:
    """Luhn's sum, carried over to these letters."""
    base, total = len(LETTERS), 0
    for at, letter in enumerate(reversed(text)):
        value = _VALUE[letter] * (1 if at % 2 else 2)
        total += value // base + value % base
    return -total % base


def _letters(digest: bytes, length: int) -> str:
    return _spelled(int.from_bytes(digest), length)


def _spelled(number: int, length: int) -> str:
    said = ""
    for _ in range(length):
        number, value = divmod(number, len(LETTERS))
        said = LETTERS[value] + said
    return said
