"""The questions of the elderly mode, one a screen."""

from collections.abc import Collection
from dataclasses import dataclass

from shouwang.door.rules.report import SOME, Error, Report, Said


@dataclass(frozen=True, slots=True)
class Question:
    """``kind``: ``well``, ``temperature``, ``symptoms`` or ``check``. ``key`` names it, ``fields`` are what it asks."""

    key: str
    kind: str
    resident: int | None = None
    fields: tuple[str, ...] = ()


def questions(said: Said, people: Collection[int]) -> list[Question]:
    """What is asked: whether anybody is unwell; of each her temperature, and her symptoms if somebody is; at the end
    whether all is right."""
    unwell = said.get("unwell", [""])[0] == SOME
    asked = [Question("well", "well", None, ("all", "unwell"))]
    for one in people:
        asked.append(Question(f"t{one}", "temperature", one, (f"t{one}",)))
        if unwell:
            asked.append(Question(f"s{one}", "symptoms", one, (f"n{one}", f"s{one}")))
    return [*asked, Question("check", "check")]


def question_at(
    asked: list[Question], answered: str, read: Report, *, back: bool
) -> tuple[int, Error | None]:
    """Which question comes now: the one after ``answered``, or the same again with what is wrong in its answer."""
    keys = [question.key for question in asked]
    if answered not in keys:
        return 0, None
    at = keys.index(answered)
    if back:
        return max(0, at - 1), None
    question = asked[at]
    error = next((row.error for row in read.rows if row.error and row.resident == question.resident), None)
    if error and _concerns(error, question):
        return at, error
    if question.key == "well" and not _well_answered(read, asked):
        return at, None
    return min(at + 1, len(asked) - 1), None


def _concerns(error: Error, question: Question) -> bool:
    of_temperature = error[0].startswith("temperature")
    return of_temperature == (question.kind == "temperature")


def _well_answered(read: Report, asked: list[Question]) -> bool:
    return read.all_well or any(question.kind == "symptoms" for question in asked)
