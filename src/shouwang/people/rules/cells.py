"""Single cells of a roster: dates, sexes, relations, kinds of document, names."""

import re
from datetime import date, datetime, timedelta

from shouwang.kernel.identity import IdKind, Sex
from shouwang.kernel.text import clean_name, fold, squeeze, visible
from shouwang.people.rules.rows import HEAD

NOTHING = frozenset(
    {
        "",
        "无",
        "没有",
        "/",
        "-",
        "--",
        "—",
        "——",
        "\\",
        "未知",
        "不详",
        "暂无",
        "空",
        "0",
        "none",
        "null",
        "n/a",
    }
)
_LONGEST_NOTHING = max(map(len, NOTHING))
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(1, 60_000)  # up to the year 2064
_SEXES = {"男": Sex.MALE, "男性": Sex.MALE, "m": Sex.MALE, "male": Sex.MALE, "1": Sex.MALE,
          "女": Sex.FEMALE, "女性": Sex.FEMALE, "f": Sex.FEMALE, "female": Sex.FEMALE, "2": Sex.FEMALE}  # fmt: skip
_HEADS = frozenset({"户主", "本人", "户主本人", "本人户主", "业主", "房主", "户主/本人", "head", "self"})
_KINDS = (
    ("护照", IdKind.PASSPORT),
    ("港澳居民居住证", IdKind.RESIDENCE_PERMIT),
    ("台湾居民居住证", IdKind.RESIDENCE_PERMIT),
    ("港澳", IdKind.HK_MACAO_PERMIT),
    ("台", IdKind.TAIWAN_PERMIT),
    ("永久居留", IdKind.FOREIGN_RESIDENT),
    ("身份证", IdKind.RESIDENT),
    ("passport", IdKind.PASSPORT),
)
_SEVERAL = re.compile(r"[、,，;；/|\n\r]+")
_SPACED_NAMES = re.compile(r"[一-鿿]{2,4}(?:\s+[一-鿿]{2,4})+")
_BRACKETED = re.compile(r"^(.*?)[(（\[【]([^)）\]】]*)[)）\]】]\s*$")


def text_of(cell: object) -> str:
    """A cell as text: ``3.0`` is ``3``, a date its day."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return fold(cell) if cell is not None else ""


def is_nothing(cell: object) -> bool:
    """Whether a cell is empty or says so: 无, /, 不详."""
    if cell is None or cell == "":
        return True
    if isinstance(cell, str) and len(cell.strip()) > _LONGEST_NOTHING:
        return False
    return text_of(cell).lower() in NOTHING


def read_date(cell: object, *, today: date) -> date | None:
    """A date of birth: as a date, ``1990-01-02``, ``1990年1月2日``, ``19900102``, or a spreadsheet's serial number.

    Raises `ValueError` for what is no date or lies ahead of `today`; ``None`` for an empty cell.
    """
    if isinstance(cell, datetime):
        born_on = cell.date()
    elif isinstance(cell, date):
        born_on = cell
    elif is_nothing(cell):
        return None
    else:
        text = text_of(cell)
        found = _DATE.fullmatch(text) or _EIGHT.fullmatch(text)
        if found:
            year, month, day = map(int, found.group(1, 2, 3))
            born_on = date(year, month, day)
        elif text.isdigit() and int(text) in _SERIALS and isinstance(cell, int | float):
            born_on = _EXCEL_EPOCH + timedelta(days=int(text))
        else:
            raise ValueError(text)
    if not date(1880, 1, 1) <= born_on <= today:
        raise ValueError(born_on.isoformat())
    return born_on


def read_sex(cell: object) -> Sex | None:
    """The sex, if the cell says one."""
    return _SEXES.get(text_of(cell).lower())


def read_relation(cell: object) -> str:
    """The relation to the head of the household, 20 characters at most; one word for the head herself."""
    text = squeeze(text_of(cell))
    return HEAD if text.lower() in _HEADS else "" if text.lower() in NOTHING else text[:20]


def read_remarks(cell: object) -> str:
    """Remarks as they were written, with their own punctuation, 500 characters at most."""
    if not isinstance(cell, str):
        return text_of(cell)
    return "" if is_nothing(cell) else visible(cell)[:500]


def read_id_kind(cell: object) -> IdKind | None:
    """The kind of document that a cell declares; ``None`` if it declares none we know."""
    text = "" if is_nothing(cell) else squeeze(text_of(cell)).lower()
    return next((kind for word, kind in _KINDS if word in text), None) if text else None


def read_names(cell: object) -> list[tuple[str, str]]:
    """The people a name cell holds, each with the relation written behind her name: ``张三、李四（妻）``."""
    written = "" if cell is None else str(cell)
    parts = _SEVERAL.split(written.strip())
    if len(parts) == 1 and _SPACED_NAMES.fullmatch(fold(written)):
        parts = fold(written).split(" ")
    return [(name, relation) for name, relation in map(_name_and_relation, parts) if name]


def _name_and_relation(part: str) -> tuple[str, str]:
    bracketed = _BRACKETED.match(part)
    if bracketed:
        return clean_name(bracketed.group(1)), read_relation(bracketed.group(2))
    return clean_name(part), ""


def split_cell(cell: object, count: int) -> list[object]:
    """A cell beside a name cell of `count` people: one part each if it has as many, else all of it for the first."""
    if count > 1 and isinstance(cell, str):
        parts: list[object] = [
            part.strip() for part in re.split(r"[、,，;；/|\s]+", cell.strip()) if part.strip()
        ]
        if len(parts) == count:
            return parts
    return [cell, *[""] * (count - 1)]
