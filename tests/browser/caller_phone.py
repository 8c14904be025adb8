"""A phone with a caseload: the hands of somebody who calls, and a list made by hand after docs/field-protocol.md."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Route

from browser.field_phone import FieldPhone
from shouwang.access import clock

CHINA = ZoneInfo("Asia/Shanghai")
PACK = "**/api/v1/sync/pack"
CASELOAD = 7
Json = dict[str, Any]

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN = "桂英秀兰建国志强小红丽华玉珍明辉国庆春梅海燕"


def member(number: int, **more: Any) -> Json:
    name = SURNAMES[number % 20] + GIVEN[number * 2 % 18 : number * 2 % 18 + 2]
    said: Json = {
        "id": 9000 + number, "name": name, "sex": "f" if number % 2 else "m", "age": 30 + number % 50,
        "relation": "户主", "presence": "present", "remarks": "", "due": True, "twice": False,
        "missing": ["day"], "watch": None, "origin": "", "last": None,
    }  # fmt: skip
    return said | more


def household(number: int, people: list[Json] | None = None, **more: Any) -> Json:
    building, unit, room = number // 12 + 1, number // 6 % 2 + 1, (number % 6 + 1) * 100 + 1
    members = people or [
        member(number * 4 + at, relation=("户主", "妻", "子")[at]) for at in range(number % 3 + 1)
    ]
    said: Json = {
        "id": 5000 + number, "compound": "滨江美景湾", "building": str(building), "unit": str(unit), "room": str(room),
        "address": f"{building}栋{unit}单元{room}", "number": "", "why": [], "level": "usual", "remarks": "",
        "due": len(members), "reached": 0, "tries": 0, "next": "call", "fever": False,
        "phones": [{"resident": one["id"], "name": one["name"], "phone": f"1380728{one['id']}"} for one in members[:2]],
        "members": members, "last": None, "today": [],
    }  # fmt: skip
    return said | more


def forty_five(now: dt.datetime) -> list[Json]:
    """A caseload in the office's order: those at risk first."""
    yesterday = (now - dt.timedelta(days=1)).isoformat()
    last = {
        "id": "0170655f-6ec6-72bd-a51f-89a1337c3a4c", "at": yesterday, "channel": "call", "outcome": "reached",
        "answered_by": "member", "by": "李*", "needs": "降压药一盒", "trouble": "", "remarks": "",
    }  # fmt: skip
    watch = {"reason": "quarantine", "day": 3, "days": 14, "until": "2020-03-02"}
    told = {"at": yesterday, "temperature": "37.8", "symptoms": ["cough"], "fever": True, "source": "call"}
    rest = [household(number, last=last if number % 2 else None) for number in range(4, 45)]
    return [
        household(0, [member(0, last=told), member(1)], why=["fever"], fever=True, last=last),
        household(
            1,
            [member(4, twice=True, missing=["morning", "evening"], watch=watch, origin="武汉"), member(5)],
            why=["epicentre", "watched"], last=last,
        ),
        household(2, [member(8, age=81)], why=["elderly_alone"], level="simple"),
        household(3, why=["missed_yesterday"]),
        *rest,
    ]  # fmt: skip


def calls(households: list[Json], now: dt.datetime, **more: Any) -> Json:
    local = now.astimezone(CHINA)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    said: Json = {
        "caseload": {"id": CASELOAD, "name": "3", "caller": "李红"}, "day": local.date().isoformat(),
        "made_at": now.isoformat(), "until": (midnight + dt.timedelta(days=2)).isoformat(),
        "evening_from": (midnight + dt.timedelta(hours=14)).isoformat(), "alarm_symptoms": ["breathless"],
        "rounds": [{"id": 1, "slot": "day", "opened_at": midnight.isoformat(), "closed_at": None}],
        "progress": {"due": 0, "reached": 0, "households": len(households), "complete": 0}, "households": households,
    }  # fmt: skip
    return said | more


SCRIPT: Json = {
    "levels": {
        "usual": {
            "name": "一般",
            "hint": "",
            "lines": [
                {"key": "greet", "say": "您好，我是{place}的{caller}，每天来问一声。"},
                {"key": "well", "say": "家里几口人？今天都好吗？"},
                {"key": "temperature", "say": "今天都量体温了吗？各是多少？"},
                {"key": "thanks", "say": "谢谢您，有事随时打我电话。"},
            ],
        },
        "simple": {
            "name": "老人",
            "hint": "说慢一点，一次只问一件事。",
            "lines": [
                {"key": "greet", "say": "您老好，我是社区的{caller}。"},
                {"key": "well", "say": "您今天好不好？"},
            ],
        },
    },
    "answers": [
        {"key": "refuses", "when": "不愿说", "say": "您不方便我晚点再打，只问一句：家里有人发热吗？"}
    ],
}


class Office:
    """Answers for the server's pack: what it really says, and a call list beside it."""

    def __init__(self, households: list[Json], **more: Any) -> None:
        self.households, self.more, self.caseload, self.version = households, more, CASELOAD, 1

    def change(self, **more: Any) -> None:
        self.more |= more
        self.version += 1

    def answer(self, route: Route) -> None:
        response = route.fetch()
        said = response.json()
        if response.ok:
            said["device"]["caseload"] = self.caseload
            data = calls(self.households, clock.now(), **self.more)
            for name, content in (("calls", data), ("script", SCRIPT)):
                said["parts"][name] = {"version": str(self.version), "since": None, "data": content}
        route.fulfill(response=response, body=json.dumps(said))


@dataclass
class Caller:
    """Hands on the screens of the call list."""

    phone: FieldPhone

    @property
    def page(self) -> Page:
        return self.phone.page

    def to_the_list(self) -> Page:
        self.page.goto("/field/#/calls")
        self.page.wait_for_selector(".calls[data-mode=list]")
        return self.page

    def opens(self, household: int) -> None:
        self.to_the_list()
        self.page.goto(f"/field/#/calls/h/{household}")
        self.page.wait_for_selector(f".calls[data-mode=household][data-household='{household}']")

    def answered_by(self, who: int | str) -> None:
        self.page.click(f"[data-answerer='{who}']")

    def all_well(self) -> None:
        self.page.click("[data-all-well]")
        self.saved()

    def not_reached(self, outcome: str) -> str:
        """One tap; answers what to try next."""
        self.page.click(f"[data-outcome={outcome}]")
        return self.saved()

    def saved(self) -> str:
        return self.page.wait_for_selector("[data-saved]").get_attribute("data-step") or ""

    def figures(self) -> tuple[int, int]:
        """Done and left."""
        far = self.page.wait_for_selector("[data-done]")
        return int(far.get_attribute("data-done") or -1), int(far.get_attribute("data-left") or -1)

    def order(self) -> list[int]:
        rows = self.page.locator("[data-household]:is(a)")
        return [int(each) for each in rows.evaluate_all("all => all.map((one) => one.dataset.household)")]

    def records(self) -> list[Json]:
        """The attempts of this phone, sent or not, in their order."""
        return self.page.evaluate(
            """async () => { const { openStore } = await import("/static/field/store.js");
            const store = await openStore();
            return (await store.everything({ sent: true })).filter(({ kind }) => kind === "attempt"); }"""
        )
