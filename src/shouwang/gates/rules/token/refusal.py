"""Why a bundle of keys or a list of revoked passes is not believed."""

import base64
import binascii


class TrustRefused(ValueError):
    """``code``: ``damaged``, ``unknown_key``, ``forged``; of a bundle ``older``, ``other_content``; of a list
    ``other_area``, ``gap``. docs/pass-format.md says what each means."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def from_base64(text: str) -> bytes:
    """The bytes of strict base64 (RFC 4648 §4: padded, no blanks): one byte string has one text."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise TrustRefused("damaged") from None
    if base64.b64encode(data).decode() != text:
        raise TrustRefused("damaged")
    return data
