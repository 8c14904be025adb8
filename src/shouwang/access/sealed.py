"""Sealed fields: ID numbers and phones are encrypted with AES-256-GCM under a key that lives outside the database.

A sealed value read from the database stays sealed: printing it shows dots. :meth:`Sealed.open` gives the plain text
and is called only by the audited reveal and by outgoing calls. Look-up goes by an HMAC column (:func:`digest`).
Layout of the stored bytes: version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
"""

import hashlib
import hmac
import os
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

VERSION = b"\x01"


@cache
def _key(purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"shouwang", info=purpose).derive(
        settings.SHOUWANG_SEALING_KEY
    )


@cache
def _cipher() -> AESGCM:
    return AESGCM(_key(b"seal"))


def seal(plain: str) -> bytes:
    """Encrypt ``plain``. Two seals of the same text differ."""
    nonce = os.urandom(12)
    return VERSION + nonce + _cipher().encrypt(nonce, plain.encode(), VERSION)


def unseal(stored: bytes) -> str:
    """Decrypt what :func:`seal` made. Raises ``cryptography.exceptions.InvalidTag`` if it was altered."""
    return _cipher().decrypt(stored[1:13], stored[13:], VERSION).decode()


def digest(value: str) -> bytes:
    """The 32-byte HMAC-SHA256 by which a sealed value is looked up."""
    return hmac.new(_key(b"look-up"), value.encode(), hashlib.sha256).digest()


class Sealed:
    """An encrypted text. Shows dots wherever it is printed."""

    __slots__ = ("stored",)

    def __init__(self, stored: bytes) -> None:
        self.stored = stored

    def open(self) -> str:
        return unseal(self.stored)

    def __str__(self) -> str:
        return "••••"

    __repr__ = __str__


class SealedTextField(models.BinaryField):
    """Text that is encrypted on its way into the database and comes back as :class:`Sealed`."""

    def from_db_value(self, value: Any, expression: object, connection: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def to_python(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Sealed):
            value = value.stored
        elif isinstance(value, str):
            value = seal(value)
        return super().get_db_prep_value(value, connection, prepared)
