"""Unpacking what may be cut off, or blow up."""

import zlib

_GZIP = 16 + zlib.MAX_WBITS


class TooLong(ValueError):
    """More comes out of it than is allowed; unpacking stopped there."""


def unpack(packed: bytes, *, most: int) -> bytes:
    """The content of a gzip of one member, at most ``most`` bytes. Raises ``zlib.error`` for what is cut or damaged."""
    reader = zlib.decompressobj(_GZIP)
    text = reader.decompress(packed, most + 1)
    if len(text) > most:
        raise TooLong(most)
    if not reader.eof or reader.unused_data:
        raise zlib.error("cut off, or more than one member")
    return text
