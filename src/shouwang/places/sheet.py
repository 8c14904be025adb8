"""The cells of an uploaded list, whatever wrote it: .xlsx, .xls, .ods, or text in UTF-8, UTF-16 or GB 18030."""

import csv
import io
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineWorkbook

from shouwang.kernel.errors import Refused, gettext_noop

LARGEST = 20 * 1024 * 1024
"""Bytes. All villages of China in one list have about 40 MB; a province has 2."""
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def rows(content: bytes, file_name: str) -> Iterator[Sequence[object]]:
    """Row by row; of a workbook, the first sheet that has any. Raises `Refused` for what cannot be read."""
    if len(content) > LARGEST:
        raise Refused(
            "file_too_large",
            gettext_noop("The file is larger than %(most)s MB. Divide it, for example by province."),
            most=LARGEST // 1024**2,
        )
    if not content.strip():
        raise Refused("file_empty", gettext_noop("The file is empty."))
    if content.startswith(_SIGNATURES):
        return _workbook(content, file_name)
    return _text(content, file_name)


def _workbook(content: bytes, file_name: str) -> Iterator[Sequence[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if cells:
                return iter(cells)
    except (CalamineError, ValueError) as error:
        raise _unreadable(file_name) from error
    return iter(())


def _text(content: bytes, file_name: str) -> Iterator[Sequence[object]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _unreadable(file_name)
    if "\x00" in text:
        raise _unreadable(file_name)
    first = text.partition("\n")[0]
    delimiter = max(",\t;|", key=first.count)
    try:
        return iter(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise _unreadable(file_name) from error


def _unreadable(file_name: str) -> Refused:
    return Refused(
        "file_unreadable",
        gettext_noop("%(name)s cannot be read. Save it as .xlsx or as .csv and upload it again."),
        name=file_name or "?",
    )
