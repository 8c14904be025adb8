"""The little of CBOR (RFC 8949) that a pass needs, deterministic on both sides.

Read: integers up to ``LARGEST``, byte and text strings, arrays, maps, definite lengths in their shortest form, keys
in ascending order and once, nothing after the end, no more than ``DEPTH`` levels. Anything else is refused, so that
one content has one encoding and a parser bug elsewhere cannot make two readers see two passes.
"""

from typing import Any

DEPTH = 4
LARGEST = 2**53 - 1
"""A phone's JavaScript holds no greater whole number exactly."""
Value = int | bytes | str | list[Any] | dict[int, Any]


class CborError(ValueError):
    """Not the CBOR of a pass."""


def encode(value: Value) -> bytes:
    """Deterministic encoding; map keys are integers and are sorted by their encoding (0, 1, … then -1, -2 …)."""
    if isinstance(value, bool):
        raise TypeError("a pass holds no booleans")
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        raw = value.encode()
        return _head(3, len(raw)) + raw
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(encode, value))
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return _head(5, len(pairs)) + b"".join(key + item for key, item in pairs)
    raise TypeError(f"a pass holds no {type(value).__name__}")


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    if number > LARGEST:
        raise OverflowError("a pass holds no number beyond 2**53 - 1")
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([major << 5 | 23 + size.bit_length()]) + number.to_bytes(size, "big")


def decode(data: bytes) -> Value:
    """The one value that ``data`` is. Raises ``CborError``."""
    value, end = _read(data, 0, DEPTH)
    if end != len(data):
        raise CborError("trailing bytes")
    return value


def _number(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, number and where the head ends."""
    if at >= len(data):
        raise CborError("cut short")
    first = data[at]
    major, low = first >> 5, first & 31
    if low < 24:
        return major, low, at + 1
    if low > 27:
        raise CborError("indefinite or reserved length")
    size = 1 << (low - 24)
    end = at + 1 + size
    if end > len(data):
        raise CborError("cut short")
    number = int.from_bytes(data[at + 1 : end], "big")
    if number < (24 if size == 1 else 1 << 4 * size):
        raise CborError("not the shortest form")
    if number > LARGEST:
        raise CborError("number too large")
    return major, number, end


def _read(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    if not depth:
        raise CborError("too deep")
    major, number, at = _number(data, at)
    if major == 0:
        return number, at
    if major == 1:
        return -1 - number, at
    if major in (2, 3):
        end = at + number
        if end > len(data):
            raise CborError("cut short")
        raw = data[at:end]
        if major == 2:
            return raw, end
        try:
            return raw.decode(), end
        except UnicodeDecodeError:
            raise CborError("text") from None
    if major == 4:
        items: list[Value] = []
        if number > len(data) - at:
            raise CborError("cut short")
        for _ in range(number):
            item, at = _read(data, at, depth - 1)
            items.append(item)
        return items, at
    if major == 5:
        return _read_map(data, at, number, depth)
    raise CborError("tag, float or simple value")


def _read_map(data: bytes, at: int, number: int, depth: int) -> tuple[dict[int, Value], int]:
    fields: dict[int, Value] = {}
    before = b""
    for _ in range(number):
        start = at
        key, at = _read(data, at, 1)
        if not isinstance(key, int):
            raise CborError("key is no integer")
        if data[start:at] <= before:
            raise CborError("keys twice or out of order")
        before = data[start:at]
        fields[key], at = _read(data, at, depth - 1)
    return fields, at
