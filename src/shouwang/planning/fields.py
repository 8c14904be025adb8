"""Problems as JSON: each field read with its place, so that a mistake is named where it stands."""

import math
from collections.abc import Iterator, Mapping
from typing import Any


class ProblemError(ValueError):
    """The problem is not as it must be. The message begins with the place: ``households[3].load: …``."""


class Fields:
    """One JSON object at ``place``; every field must be asked for, and what nobody asked for is a mistake."""

    def __init__(self, value: object, place: str = "") -> None:
        if not isinstance(value, Mapping):
            raise ProblemError(f"{place or 'the file'}: here must stand an object with fields")
        self._value, self._place, self._asked = value, place, set[str]()

    def at(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name

    def _get(self, name: str, default: Any) -> Any:
        self._asked.add(name)
        if name in self._value:
            return self._value[name]
        if default is ...:
            raise ProblemError(f"{self.at(name)}: is missing")
        return default

    def text(self, name: str, default: Any = ...) -> str:
        value = self._get(name, default)
        if not isinstance(value, str):
            raise ProblemError(f"{self.at(name)}: must be a text in quotes, not {value!r}")
        return value

    def optional(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def number(self, name: str, default: Any = ..., *, least: float = -math.inf) -> float:
        value = self._get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ProblemError(f"{self.at(name)}: must be a number, not {value!r}")
        if value < least:
            raise ProblemError(f"{self.at(name)}: must be at least {least:g}, not {value:g}")
        return float(value)

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._get(name, None) is not None

    def flag(self, name: str, default: Any = ...) -> bool:
        value = self._get(name, default)
        if not isinstance(value, bool):
            raise ProblemError(f"{self.at(name)}: must be true or false, not {value!r}")
        return value

    def object(self, name: str) -> "Fields":
        return Fields(self._get(name, ...), self.at(name))

    def objects(self, name: str) -> Iterator["Fields"]:
        value = self._get(name, ...)
        if not isinstance(value, list):
            raise ProblemError(f"{self.at(name)}: must be a list")
        for number, item in enumerate(value):
            yield Fields(item, f"{self.at(name)}[{number}]")

    def texts(self, name: str) -> list[str]:
        value = self._get(name, ...)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ProblemError(f"{self.at(name)}: must be a list of texts in quotes")
        return value

    def whole(self, name: str, default: Any = ..., *, least: int = 0) -> int:
        number = self.number(name, default, least=least)
        if number != int(number):
            raise ProblemError(f"{self.at(name)}: must be a whole number, not {number:g}")
        return int(number)

    def wholes(self, name: str) -> list[int]:
        value = self._get(name, ...)
        if not isinstance(value, list) or any(type(item) is not int for item in value):
            raise ProblemError(f"{self.at(name)}: must be a list of whole numbers")
        return value

    def done(self) -> None:
        """Raise for fields that nobody asked for: a mistyped name must not be overlooked."""
        if unknown := sorted(set(self._value) - self._asked):
            raise ProblemError(
                f"{self.at(unknown[0])}: there is no such field; there are {', '.join(sorted(self._asked))}"
            )


def once(names: list[str], place: str) -> None:
    """Raise if one of ``names`` stands there twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ProblemError(f"{place}: {name!r} stands there twice")
        seen.add(name)
