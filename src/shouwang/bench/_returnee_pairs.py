"""The hand-made pairs of sightings: hard ones, each with the truth and why it is hard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from shouwang.kernel.identity import check_digit
from shouwang.people.rules.returnees import Seen

COMMUNITY = 429006001023
_FIELDS = {"i": "id_number", "p": "phone", "s": "sex", "o": "origin", "a": "address", "c": "compound"}
_DAYS = {"b": "born_on", "d": "arrived_on"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sightings; ``same``: they are one person; ``why`` the pair was written."""

    one: Seen
    other: Seen
    same: bool
    why: str


def hand_made() -> list[Pair]:
    """All pairs of ``returnee_pairs.txt``. Raises `ValueError` for a line that cannot be read."""
    text = files("shouwang.bench").joinpath("returnee_pairs.txt").read_text(encoding="utf-8")
    pairs = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        truth, one, other, why = line.split("|")
        if truth not in "=!":
            raise ValueError(line)
        pairs.append(Pair(_seen(1, one), _seen(2, other), truth == "=", why))
    return pairs


def _seen(key: int, told: str) -> Seen:
    name, *fields = told.split(";")
    values: dict[str, object] = {"community": COMMUNITY}
    for field in filter(None, fields):
        letter, value = field.split(":", 1)
        if letter == "k":
            values["community"] = int(value)
        elif letter in _DAYS:
            values[_DAYS[letter]] = date.fromisoformat(value)
        else:
            values[_FIELDS[letter]] = _number(value) if letter == "i" else value
    return Seen(key, name, **values)  # type: ignore[arg-type]


def _number(written: str) -> str:
    """``42900619850312123~@wrong12``: the check digit filled in, then told as somebody told it."""
    number, *how = written.split("@")
    if number.endswith("~"):
        number = number[:-1] + check_digit(number[:-1])
    for way in how:
        word = way.rstrip("0123456789")
        number = (
            number[:6] + number[8:17] if way == "15" else _WAYS[word](number, int(way[len(word) :] or 0) - 1)
        )
    return number


_WAYS: dict[str, Callable[[str, int], str]] = {
    "tail": lambda number, at: number[-4:],
    "mask": lambda number, at: number[:4] + "*" * 10 + number[-4:],
    "mid": lambda number, at: number[:10] + "****" + number[-4:],
    "area": lambda number, at: number[:6] + "*" * 12,
    "lower": lambda number, at: number.lower(),
    "wide": lambda number, at: "".join(chr(ord(c) + 0xFEE0) for c in number),
    "wrong": lambda number, at: (
        number[:at] + str((int(number[at].replace("X", "9")) + 3) % 10) + number[at + 1 :]
    ),
    "swap": lambda number, at: number[:at] + number[at + 1] + number[at] + number[at + 2 :],
    "drop": lambda number, at: number[:at] + number[at + 1 :],
}
