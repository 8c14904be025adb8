"""Base45 (RFC 9285), strict: one byte string has one text and no other text is accepted."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
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
    try:
        values = [_VALUE[letter] for letter in text]
    except KeyError:
        raise Base45Error("letter") from None
    out = bytearray()
    whole = len(values) - len(values) % 3
    for at in range(0, whole, 3):
        group = values[at] + 45 * values[at + 1] + 2025 * values[at + 2]
        if group > 0xFFFF:
            raise Base45Error("group")
        out += group.to_bytes(2, "big")
    if whole != len(values):
        last = values[whole] + 45 * values[whole + 1]
        if last > 0xFF:
            raise Base45Error("group")
        out.append(last)
    return bytes(out)
