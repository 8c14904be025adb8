"""The short label of a pass, for the eye at the gate: never a name in full, never a whole plate."""

from shouwang.kernel.text import mask_name

LABEL_BYTES = 12
"""Bytes of UTF-8; with more the code would not fit its size on the card."""
_PLATE_TAIL = 5


def label_of(name: str, plate: str) -> str:
    """The end of the plate, ``A8K23``; without a plate ``张*``, where ``name`` may be masked already; else empty."""
    masked = name if name.endswith("*") else mask_name(name)
    label = plate[-_PLATE_TAIL:] if plate else masked
    while len(label.encode()) > LABEL_BYTES:
        label = label[:-1]
    return label
