#!/usr/bin/env python3
"""Print docs/gate-vectors.json: what the rules of the gate answer, on the server and on a phone without a network.

Each judged vector is [what differs from `base`, number of the profile, reason, next day out]; the verdict of a reason
stands in `reasons`. First one thing at a time is changed, then two, then many at random with a fixed seed. Two tests
hold this file to the rules in Python and the rules in JavaScript to this file.
"""

import datetime as dt
import itertools
import json
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from shouwang.gates.enums import Direction, PassKind
from shouwang.gates.rules.advice import ADVICE
from shouwang.gates.rules.codes import read_code
from shouwang.gates.rules.verdict import VERDICTS, Facts, GateFacts, PassFacts, judge
from shouwang.kernel.areas import span
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import COVID_2020, DiseaseProfile
from shouwang.kernel.temperature import parse_temperature
from shouwang.places.enums import EntranceStatus

ZONE = ZoneInfo("Asia/Shanghai")
COMMUNITY, NEIGHBOUR, TOWN, CITY, OTHER_TOWN = (
    429006001023,
    429006001024,
    429006001000,
    429006000000,
    429006002000,
)
NOON = 1582256130  # 2020-02-21 11:35:30 in Shanghai
DAY = 86_400
RANDOM = 1500

PASS = {
    "kind": "resident",
    "community": COMMUNITY,
    "compound": 7,
    "notBefore": NOON - 5 * DAY,
    "expires": NOON + 25 * DAY,
    "revoked": False,
}
GATE = {"community": COMMUNITY, "compound": 7, "status": "open"}


def at(seconds: int) -> dict[str, Any]:
    local = dt.datetime.fromtimestamp(seconds, ZONE)
    return {"date": local.date().isoformat(), "hour": local.hour, "seconds": seconds}


BASE: dict[str, Any] = {
    "at": at(NOON),
    "direction": "out",
    "gate": GATE,
    "presented": PASS,
    "known": True,
    "outings": [],
    "temperature": "36.5",
    "masked": True,
    "emergency": False,
    "holdUntil": None,
    "unread": "",
    "registered": False,
}
PROFILES = [
    COVID_2020,
    COVID_2020.with_settings(
        {"outing_every_days": 2, "outings_per_household": 2, "outing_from_hour": 8, "outing_until_hour": 18}
    ),
    COVID_2020.with_settings({"outing_every_days": 0}),
    COVID_2020.with_settings({"outing_every_days": 1, "mask_required": False, "fever_above": "37.0"}),
    COVID_2020.with_settings({"outings_per_household": 0, "outing_from_hour": 22, "outing_until_hour": 24}),
]
JUDGED_BY = (
    "fever_above",
    "implausible_below",
    "implausible_above",
    "outing_every_days",
    "outings_per_household",
    "outing_from_hour",
    "outing_until_hour",
    "mask_required",
)


def passes() -> list[dict[str, Any] | None]:
    areas = [COMMUNITY, TOWN, CITY, NEIGHBOUR, OTHER_TOWN, 12345]
    periods = [
        (PASS["notBefore"], PASS["expires"]),
        (NOON + 1, NOON + DAY),
        (NOON, NOON),
        (NOON - DAY, NOON - 1),
    ]
    return [
        None,
        *(
            PASS | {"kind": kind.value} | change
            for kind in PassKind
            for change in (
                *({"community": area} for area in areas),
                *({"notBefore": first, "expires": last} for first, last in periods),
                {"compound": 8},
                {"compound": None},
                {"revoked": True},
            )
        ),
    ]


CHOICES: dict[str, list[Any]] = {
    "at": [at(NOON + hours * 3600) for hours in (0, -3, -4, 7, 11, 13, -12)]
    + [at(NOON - 30 * DAY), at(1582214399), at(1582214400)],
    "direction": ["out", "in"],
    "gate": [
        GATE | {"compound": compound, "status": status.value}
        for status in EntranceStatus
        for compound in (7, 8, None)
    ],
    "presented": passes(),
    "known": [True, False],
    "outings": [
        [],
        *([(dt.date(2020, 2, 21) - dt.timedelta(day)).isoformat() for day in days] for days in (
            (0,), (1,), (2,), (3,), (0, 0), (1, 0), (0, 2), (-1,), (5, 1, 3),
        )),
    ],
    "temperature": ["36.5", None, "37.0", "37.1", "37.3", "37.4", "41.0", "34.0"],
    "masked": [True, False, None],
    "emergency": [False, True],
    "holdUntil": [None, "2020-02-20", "2020-02-21", "2020-02-22", "2020-03-06"],
    "unread": ["", "not_a_pass", "damaged", "unknown_key", "forged"],
    "registered": [False, True],
}  # fmt: skip


QUIET = ("at", "direction", "presented", "known", "outings", "unread", "registered", "masked")
"""What is drawn for an open gate without fever, quarantine and emergency, where the finer rules show."""
QUIET_PASSES = [shown for shown in CHOICES["presented"] if shown and shown["kind"] in ("resident", "visitor")]
QUIET_PASSES += [None] * len(QUIET_PASSES)


def cases() -> Iterator[tuple[dict[str, Any], int]]:
    """What differs from the base, and the number of the profile."""
    single = [{name: value} for name, values in CHOICES.items() for value in values if value != BASE[name]]
    yield {}, 0
    yield from itertools.product(single, range(len(PROFILES)))
    for name, other in itertools.combinations(CHOICES, 2):
        if "presented" not in (name, other) and "outings" not in (name, other):
            for value, second in itertools.product(CHOICES[name], CHOICES[other]):
                if value != BASE[name] and second != BASE[other]:
                    yield {name: value, other: second}, 0
    chance = random.Random(20200221)  # noqa: S311 - the same file every time
    for names, shown in (tuple(CHOICES), CHOICES["presented"]), (QUIET, QUIET_PASSES):
        for _ in range(RANDOM):
            named = chance.sample(names, chance.randint(2, 7))
            drawn = {
                name: chance.choice(shown if name == "presented" else CHOICES[name])
                for name in CHOICES
                if name in named
            }
            change = {name: value for name, value in drawn.items() if value != BASE[name]}
            yield change, chance.randrange(len(PROFILES))


def facts_of(written: dict[str, Any]) -> Facts:
    """The facts as Python knows them. A phone counts whole seconds, the last one valid."""
    gate, shown = written["gate"], written["presented"]
    day, degrees = written["holdUntil"], written["temperature"]
    return Facts(
        at=dt.datetime.fromtimestamp(written["at"]["seconds"], ZONE),
        direction=Direction(written["direction"]),
        gate=GateFacts(gate["community"], gate["compound"], EntranceStatus(gate["status"])),
        presented=shown
        and PassFacts(
            PassKind(shown["kind"]),
            shown["community"],
            shown["compound"],
            dt.datetime.fromtimestamp(shown["notBefore"], dt.UTC),
            dt.datetime.fromtimestamp(shown["expires"] + 1, dt.UTC),
            shown["revoked"],
        ),
        known=written["known"],
        outings=tuple(map(dt.date.fromisoformat, written["outings"])),
        temperature=Decimal(degrees) if degrees else None,
        masked=written["masked"],
        emergency=written["emergency"],
        hold_until=dt.date.fromisoformat(day) if day else None,
        unread=written["unread"],
        registered=written["registered"],
    )


def judged() -> list[list[Any]]:
    seen, found = set(), []
    for change, number in cases():
        key = json.dumps([change, number], sort_keys=True)
        if key in seen:
            continue
        seen.add(key)
        answer = judge(facts_of(BASE | change), PROFILES[number])
        found.append(
            [change, number, answer.reason.value, answer.next_out.isoformat() if answer.next_out else None]
        )
    return found


WRITTEN = """
36.5|36,5|３６．５|３６．５℃| 36.5 °C |36.5C|36.5摄氏度|36度5|36.5度|36。5|36、5|36·5|36|36度|365|３６５|378|36.50|37.30
37.34|37.35|37.349|37.39|37.95|33.9|33.94|33.95|34|34.0|43|43.0|43.04|43.05|43.1|3.65|3.7|4.2|0|-0|00|36.|.5|36.5.5|36..5
1e2|3e1|36e0|-36.5|+36.5|98.6|986|100|1365|73.8|正常|normal|nan|inf|٣٦.٥|३६५|36 . 5|3 6 5|36\u200b.5|36\u00a0.5|36.5cc
36.5℃度|36.5°|36:5|36;5|36/5|3 65|0365|036.5|36.5\ufeff|\ufeff36.5|㊱|36.⁵|③⑥⑤|36′5
""".strip().replace("\n", "|").split("|")  # fmt: skip
TYPED = [
    "KXM4T7", "kxm 4t7", "ＫＸＭ４Ｔ７", " KXM-4T7 ", "kxm\u200b4t7", "KXM4T", "KXM4T77", "KXM4TO", "KXM4T1", "",
    "234679",    "KXM–4T7", "张伟民张伟民", "KXM4Tß", "ﬀXM4T", "KXM--4T7", "kxm\t4t7",
]  # fmt: skip


def temperatures() -> Iterator[list[Any]]:
    for written in ("", " ", "\u3000", *WRITTEN):
        try:
            degrees = parse_temperature(written, COVID_2020)
        except Refused as refused:
            yield [written, None, refused.code]
        else:
            yield [written, None if degrees is None else str(degrees), ""]


def moments() -> Iterator[list[Any]]:
    """Milliseconds since 1970, a zone, and the local day, hour and minute there: midnights, and clocks put forward."""
    edges = [1582214399999, 1582214400000, 1583020799000, 1583020800000, 1577836799999, 1577836800000]
    summer = [1585443599000, 1585443600000, 1583654399000, 1583654400000, 1603587599000, 1603587600000]
    for zone in (
        "Asia/Shanghai",
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "Asia/Urumqi",
    ):
        for moment in (*edges, *summer):
            local = dt.datetime.fromtimestamp(moment / 1000, ZoneInfo(zone))
            yield [moment, zone, local.date().isoformat(), local.hour, local.minute]


def profile_of(profile: DiseaseProfile) -> dict[str, Any]:
    numbers = {name: getattr(profile, name) for name in JUDGED_BY}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in numbers.items()}


def document() -> dict[str, Any]:
    return {
        "about": "What the rules of the gate answer. A vector of `judged` is [what differs from `base`, number of the"
        " profile, reason, next day out].",
        "reasons": {
            reason.value: {
                "verdict": VERDICTS[reason].value,
                "waits": ADVICE[reason].waits,
                "calls": ADVICE[reason].calls,
            }
            for reason in VERDICTS
        },
        "profiles": [profile_of(profile) for profile in PROFILES],
        "base": BASE,
        "judged": judged(),
        "temperatures": list(temperatures()),
        "codes": [[typed, read_code(typed)] for typed in TYPED],
        "spans": [
            [code, *span(code)]
            for code in (COMMUNITY, TOWN, CITY, 429000000000, 420000000000, 100000000000, 999999999999)
        ],
        "moments": list(moments()),
    }


def text() -> str:
    """One vector a line, so that a change of a rule can be read as a difference of lines."""
    parts = []
    for name, value in document().items():
        if isinstance(value, list):
            lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in value)
            parts.append(f'"{name}": [\n{lines}\n]')
        else:
            parts.append(f'"{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    print(text(), end="")
