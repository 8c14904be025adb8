"""What a device shows: its token; and the one-time code by which it got it. Of both only a digest is kept."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from shouwang.kernel.areas import Level, level_of
from shouwang.kernel.errors import Refused

SCHEME = "Device "
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None that is taken for another when the code has to be typed."""
_CODE_LENGTH = 12  # 59 bits: not to be guessed in the half hour it lives


@dataclass(frozen=True, slots=True)
class Token:
    """``<community>.<device id>.<secret>``: the wall is set at the community before the secret is looked at."""

    community: int
    device_id: UUID
    secret: str

    def __str__(self) -> str:
        return f"{self.community}.{self.device_id}.{self.secret}"


def read_token(header: str) -> Token | None:
    """The token of an ``Authorization`` header; ``None`` if there is none in it."""
    parts = header.removeprefix(SCHEME).strip().split(".")
    if not header.startswith(SCHEME) or len(parts) != 3:
        return None
    community = read_community(parts[0])
    try:
        return Token(community, UUID(parts[1]), parts[2]) if community and parts[2] else None
    except ValueError:
        return None


def read_code(text: str) -> tuple[int, str] | None:
    """Community and code of ``<community>.<code>``; ``None`` if it is not of that shape."""
    community, _, code = text.strip().partition(".")
    found = read_community(community)
    code = code.upper()
    return (found, code) if found and len(code) == _CODE_LENGTH and set(code) <= set(_LETTERS) else None


def read_community(text: str) -> int | None:
    """The code of a community, from ASCII digits."""
    if len(text) != 12 or not text.isascii() or not text.isdigit():
        return None
    try:
        return int(text) if level_of(int(text)) is Level.COMMUNITY else None
    except Refused:
        return None


def make_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def digest(secret: str) -> bytes:
    """SHA-256 will do: what is digested is random and long, nobody chose it."""
    return hashlib.sha256(secret.encode()).digest()


def fits(secret: str, kept: bytes) -> bool:
    return hmac.compare_digest(digest(secret), kept)


def make_secret(key: bytes, *, code: str, installation: UUID | None) -> str:
    """The secret of the device that enrols with ``code``.

    Derived from the server's ``key``, so that the same installation asking again, because the answer was lost, is
    told the same. An app that does not say which installation it is gets a random one.
    """
    if installation is None:
        return secrets.token_urlsafe(32)
    return hmac.new(
        key, b"shouwang device\0" + code.encode() + installation.bytes, hashlib.sha256
    ).hexdigest()
