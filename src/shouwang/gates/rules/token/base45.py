"""Base45 (RFC 9285), strict: one byte string has one text and no other text is accepted."""

import struct

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_NO_LETTER = 255
_VALUES = bytes(ALPHABET.find(chr(byte)) % 256 for byte in range(256))
_PAIRS = [a + b for b in ALPHABET for a in ALPHABET]
"""The two low digits of every value below 45², low digit first."""


class Base45Error(ValueError):
    """The text is no base45."""


def encode(data: bytes) -> str:
    """Two bytes become three letters, a last single byte two."""
    even = len(data) & ~1
    parts = [
        _PAIRS[value % 2025] + ALPHABET[value // 2025]
        for value in (data[at] << 8 | data[at + 1] for at in range(0, even, 2))
    ]
    if even != len(data):
        parts.append(_PAIRS[data[-1]])
    return "".join(parts)


def decode(text: str) -> bytes:
    """The bytes of ``text``. Raises ``Base45Error`` for a letter outside the alphabet, a length that cannot be, or a
    group that is too large."""
    if len(text) % 3 == 1:
        raise Base45Error("length")
    values = text.encode("ascii", "replace").translate(
        _VALUES
    )  # what is not ASCII becomes "?", which is no letter
    if _NO_LETTER in values:
        raise Base45Error("letter")
    groups = [a + 45 * b + 2025 * c for a, b, c in zip(values[::3], values[1::3], values[2::3], strict=False)]
    if max(groups, default=0) > 0xFFFF:
        raise Base45Error("group")
    whole = struct.pack(f">{len(groups)}H", *groups)
    if len(values) % 3 == 0:
        return whole
    last = values[-2] + 45 * values[-1]
    if last > 0xFF:
        raise Base45Error("group")
    return whole + bytes([last])
