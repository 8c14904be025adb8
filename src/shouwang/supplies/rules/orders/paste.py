"""What was pasted or uploaded, as text."""

from __future__ import annotations

LARGEST = 4_000_000  # bytes; a village's whole month is far below


class Unreadable(ValueError):
    """Not a chat; the message says what to do."""


def chat_text(raw: bytes) -> str:
    """The text of `raw`: UTF-8, else GB18030 as older phones export it. Raises `Unreadable`."""
    if len(raw) > LARGEST:
        raise Unreadable("The chat is larger than 4 MB. Export fewer days and read them one after the other.")
    if b"\0" in raw:
        raise Unreadable("This is not a text. Export the chat as text, or copy and paste it.")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(sign < " " and sign not in "\n\r\t" for sign in text)
        if strange <= len(text) // 100:
            return text
    raise Unreadable("This is not a text. Export the chat as text, or copy and paste it.")
