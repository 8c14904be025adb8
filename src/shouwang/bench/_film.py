"""A camera for the browser: a film in YUV4MPEG2 (4:2:0, not compressed) that Chromium shows in a loop as its device."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import segno

WIDTH, HEIGHT, RATE = 1280, 720, 10
PAPER, INK = 235, 16
CORNER = 48
"""px: this square at the top left is black while a code is in view, so that a test can tell since when."""


def flags(film: Path) -> list[str]:
    """Arguments of Chromium with which ``film`` is what its camera sees, and nobody is asked."""
    return [
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


def write_film(path: Path, scenes: Iterable[tuple[str | None, float]], *, side: int = 400) -> Path:
    """A film of ``scenes``: the text of the code held before the camera, or nothing, and for how many seconds.

    ``side``: of the square of the card in px, with its white border.
    """
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for text, seconds in scenes:
            frame = b"FRAME\n" + _luma(text, side) + bytes([128]) * (WIDTH * HEIGHT // 2)
            for _ in range(round(seconds * RATE)):
                film.write(frame)
    return path


def _luma(text: str | None, side: int) -> bytes:
    rows = [bytearray([110]) * WIDTH for _ in range(HEIGHT)]
    if text is not None:
        matrix = [bytes(row) for row in segno.make(text, error="m", boost_error=False).matrix_iter(border=4)]
        module = side / len(matrix)
        left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
        for y in range(side):
            cells = matrix[int(y / module)]
            rows[top + y][left : left + side] = bytes(
                INK if cells[int(x / module)] else PAPER for x in range(side)
            )
        for row in rows[:CORNER]:
            row[:CORNER] = bytes([INK]) * CORNER
    return b"".join(map(bytes, rows))
