"""How much a household asks of its caller: 1 for a usual one. The figures are ours: minutes of a call, roughly."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from shouwang.people.rules.ages import age_on
from shouwang.workforce.enums import Weight

OLD = 65
USUAL_PEOPLE = 4
EACH_MORE = 0.1
"""For each person beyond four."""
EXTRA = {Weight.OLD_ALONE: 0.5, Weight.ILL: 0.25, Weight.RETURNED: 0.5, Weight.QUARANTINED: 1.0}
EMPTY = 0.25
"""Everybody is away: to be asked after now and then."""

# Remarks are the only place where rosters tell of illness. These words are long-lasting illnesses that want a longer
# call; what merely contains them ("no chronic illness") is told apart by the words before.
_ILL = (
    "高血压", "糖尿病", "冠心病", "心脏病", "慢阻肺", "哮喘", "透析", "尿毒症", "肿瘤", "癌", "中风", "脑梗", "偏瘫",
    "卧床", "残疾", "慢性病", "精神障碍", "肾病", "肝硬化", "孕", "低保特困", "失能",
)  # fmt: skip
_NOT = ("无", "没有", "否认")


@dataclass(frozen=True, slots=True)
class Living:
    """One present member, as far as the weight needs her."""

    resident: int
    born_on: dt.date | None
    remarks: str


def is_ill(remarks: str) -> bool:
    """Whether remarks tell of a long-lasting illness."""
    for word in _ILL:
        at = remarks.find(word)
        while at >= 0:
            if not remarks[:at].endswith(_NOT):
                return True
            at = remarks.find(word, at + 1)
    return False


def weights(
    members: Collection[Living], today: dt.date, *, returned: Collection[int], quarantined: Collection[int]
) -> list[Weight]:
    """Why a household asks more than others. ``returned``, ``quarantined``: residents watched for that reason."""
    found = []
    ages = [age_on(one.born_on, today) for one in members]
    if len(members) > USUAL_PEOPLE:
        found.append(Weight.LARGE)
    if 1 <= len(members) <= 2 and all(age is not None and age >= OLD for age in ages):
        found.append(Weight.OLD_ALONE)
    if any(is_ill(one.remarks) for one in members):
        found.append(Weight.ILL)
    if any(one.resident in returned for one in members):
        found.append(Weight.RETURNED)
    if any(one.resident in quarantined for one in members):
        found.append(Weight.QUARANTINED)
    return found


def load(people: int, reasons: Iterable[Weight]) -> float:
    """What a household with so many present people asks, to two decimals."""
    if not people:
        return EMPTY
    more = max(0, people - USUAL_PEOPLE) * EACH_MORE
    return round(1 + more + sum(EXTRA.get(reason, 0) for reason in reasons), 2)
