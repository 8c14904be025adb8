"""What the rounds found is seen to: fevers, needs, quarrels, changes of the roster; and some of each still wait."""

import datetime as dt
from itertools import cycle, islice
from random import Random
from typing import Any

from shouwang.demo.cast import SPELT
from shouwang.demo.invented.calls import NOW
from shouwang.demo.invented.people import TODAY
from shouwang.demo.invented.settlements import LI_FIELD, TWIN_LAKES, Settlement
from shouwang.demo.scene.actors import acting_at, moment
from shouwang.demo.scene.register import Registered, registered
from shouwang.grievances import queries as grievances
from shouwang.grievances.actions import complain, settle_matter, take_matter
from shouwang.grievances.enums import MatterKind, MatterSource
from shouwang.kernel.uuid7 import Minter
from shouwang.people.actions.proposals import confirm_proposal, propose
from shouwang.people.enums import ProposalKind, ProposalSource
from shouwang.people.queries import roster
from shouwang.screening.actions.fever_calls import end_fever_call, take_fever_call
from shouwang.screening.enums import FeverEnd
from shouwang.screening.queries.fever_calls import fever_calls
from shouwang.supplies import queries as supplies
from shouwang.supplies.actions import ask, decline_request, finish_request, take_request
from shouwang.supplies.enums import RequestSource

_HOSPITAL = "市第一人民医院发热门诊"
_ANSWERS = ("已随今天的团购送到。", "志愿者已放在门口。", "药店已配好，下午送到。", "")
_MATTERS = (
    (5, MatterKind.TROUBLE, "楼上半夜拖家具，两家在楼道里吵了起来，劝了没有用。", False),
    (2, MatterKind.COMPLAINT, "打社区电话一上午没人接，团购的菜也没人说什么时候到。", True),
    (1, MatterKind.TROUBLE, "两兄弟为了给母亲送菜的事在门口争吵，母亲很着急。", False),
    (1, MatterKind.TIP, "有人在小区后门卖高价口罩，一只三十元。", False),
    (0, MatterKind.HELP_REFUSED, "请门口的人帮忙把药拿上楼，说不归他管。", False),
)
"""Days ago, what, and whether it is about the office. The first is overdue; a tip names nobody."""
_IN_VILLAGES = {
    LI_FIELD: (
        "邻居的鸭子进了菜地，两家在田埂上吵了起来，劝了没有用。",
        "村里发的菜只到前两组，问村委会说不知道。",
        "儿媳和婆婆为孙子上网课的事吵架，哭着打来电话。",
        "有人夜里从后山小路进村，天不亮又走。",
        "请路口值守的人帮忙换煤气罐，说不归他管。",
    ),
    TWIN_LAKES: (
        "为鱼塘放水的事两家争吵，有一家把水闸锁了。",
        "打村委会电话没人接，孩子的奶粉问了三天没回音。",
        "兄弟俩为老屋钥匙争执，母亲在中间劝不住。",
        "村口小店偷偷开门，晚上有人在里面打牌。",
        "请值守的人把药带进来，说没有登记不能带。",
    ),
}
"""The same of the villages, in their own words."""


def see_to_findings(seed: int, settlement: Settlement, day: dt.date) -> None:
    """Play one day of the office's work on what was found. Played again it changes nothing."""
    code, spelt = settlement.code, SPELT[settlement.code]
    rng = Random(f"{seed}:{code}:{day}:findings")
    minter = Minter(Random(f"{seed}:{code}:{day}:findings:ids").getrandbits)
    with acting_at(NOW if day == TODAY else moment(day, 22, 35), f"demo-office-{spelt}"):
        people = [home for home in registered(settlement) if home and all(home.residents)]
    _fevers(settlement, day)
    _matters(settlement, day, people, minter)
    if day == TODAY:
        _see_to_needs(settlement, rng)
        _needs(settlement, people, minter)
        _proposals(settlement, people, minter)
    else:
        _meet_needs(settlement, day, rng)


def _fevers(settlement: Settlement, day: dt.date) -> None:
    """Each is taken within minutes and ended within hours; of the last day's, the first found still waits."""
    code, office = settlement.code, f"demo-office-{SPELT[settlement.code]}"
    with acting_at(NOW if day == TODAY else moment(day, 23, 50), office) as scope:
        calls = [one.call for one in fever_calls(scope, code, code, day, still_open=False) if one.open]
    calls.sort(key=lambda call: call.found_at)
    for number, call in enumerate(calls[1:] if day == TODAY else calls):
        taken = call.found_at + dt.timedelta(minutes=7 + 6 * number)
        with acting_at(taken, office) as scope:
            take_fever_call(scope, call_id=call.pk)
        if day == TODAY:
            continue
        with acting_at(taken + dt.timedelta(minutes=75 + 20 * number), office) as scope:
            end = (FeverEnd.HOSPITAL, FeverEnd.HOME, FeverEnd.MISTAKE)[number % 3]
            end_fever_call(
                scope, call_id=call.pk, end=end, where_to=_HOSPITAL if end is FeverEnd.HOSPITAL else ""
            )


def _meet_needs(settlement: Settlement, day: dt.date, rng: Random) -> None:
    """In the evening most of what was asked for has been brought; some of it cannot be had."""
    code = settlement.code
    with acting_at(moment(day, 22, 40), f"demo-office-{SPELT[code]}") as scope:
        for request in supplies.requests(scope, code):
            chance = rng.random()
            if chance < 0.9 or day < TODAY - dt.timedelta(days=2):
                finish_request(scope, request_id=request.pk, answer=rng.choice(_ANSWERS))
            elif chance < 0.93:
                decline_request(scope, request_id=request.pk, answer="附近的店都断货了，到货后再通知您。")
            elif chance < 0.97:
                take_request(scope, request_id=request.pk)


def _see_to_needs(settlement: Settlement, rng: Random) -> None:
    """By half past nine most of what was told by a quarter past nine has been taken, and some of it brought."""
    code, told_by = settlement.code, moment(TODAY, 9, 15)
    with acting_at(NOW - dt.timedelta(minutes=2), f"demo-office-{SPELT[code]}") as scope:
        for request in supplies.requests(scope, code).filter(asked_at__lt=told_by):
            chance = rng.random()
            if chance < 0.25:
                finish_request(scope, request_id=request.pk, answer=rng.choice(_ANSWERS))
            elif chance < 0.92:
                take_request(scope, request_id=request.pk)


def _needs(settlement: Settlement, people: list[Registered], minter: Minter) -> None:
    """This morning a household has told three times what it needs; another will be without insulin tomorrow."""
    code, home, other = settlement.code, people[3], people[9]
    told = (
        (home, "大米10斤、食用油一桶", RequestSource.PHONE, 7),
        (home, "麻烦买大米十斤，食用油1桶，谢谢", RequestSource.DOOR, 8),
        (home, "大米、食用油", RequestSource.PROXY, 9),
        (other, "奶奶的胰岛素只剩最后一支，明天就断药了", RequestSource.DOOR, 8),
    )
    for asked, text, source, hour in told:
        at = moment(TODAY, hour, 5)
        with acting_at(at, f"demo-office-{SPELT[code]}") as scope:
            ask(
                scope, community=code, household_id=asked.household, text=text, source=source,
                source_id=minter.at(at), asked_at=at,
            )  # fmt: skip


def _matters(settlement: Settlement, day: dt.date, people: list[Registered], minter: Minter) -> None:
    code, office = settlement.code, f"demo-office-{SPELT[settlement.code]}"
    texts = _IN_VILLAGES.get(code, tuple(text for _, _, text, _ in _MATTERS))
    for number, (days_ago, kind, _, about_office) in enumerate(_MATTERS):
        if day != TODAY - dt.timedelta(days=days_ago):
            continue
        at, home = moment(day, 8, 10 + number), people[(20 + number) % len(people)].household
        with acting_at(at, office) as scope:
            matter = complain(
                scope, community=code, household_id=None if kind is MatterKind.TIP else home,
                kind=kind, text=texts[number], source=MatterSource.PHONE, source_id=minter.at(at), told_at=at,
                about_office=about_office,
            )  # fmt: skip
            if number == 2:
                take_matter(scope, matter_id=matter.pk)
    if day == TODAY - dt.timedelta(days=3):
        at = moment(day, 10)
        with acting_at(at, office) as scope:
            old = complain(
                scope, community=code, household_id=people[30 % len(people)].household, told_at=at,
                kind=MatterKind.TROUBLE,
                text="邻居把垃圾放在门口，气味很大。", source=MatterSource.PHONE, source_id=minter.at(at),
            )  # fmt: skip
        with acting_at(at + dt.timedelta(hours=5), office) as scope:
            if grievances.matter(scope, old.pk).settled_at is None:
                settle_matter(scope, matter_id=old.pk, answer="已上门说明，垃圾改为每天早上统一收。")


def _proposals(settlement: Settlement, people: list[Registered], minter: Minter) -> None:
    """A daughter came back, a phone is wrong, one is away, one is on the roster elsewhere; one is confirmed."""
    code, office = settlement.code, f"demo-office-{SPELT[settlement.code]}"
    arrived = (TODAY - dt.timedelta(days=1)).isoformat()
    with acting_at(moment(TODAY, 8, 20), office) as scope:
        people = list(islice(cycle(people), 47))  # a small town has fewer
        known = roster.members(scope, [people[41].household])[0].name
    newcomer: dict[str, Any] = {"relation": "女儿", "arrived_on": arrived}
    told: tuple[tuple[Registered, int | None, ProposalKind, ProposalSource, dict[str, Any]], ...] = (
        (people[40], None, ProposalKind.MOVED_IN, ProposalSource.CALL,
         {"name": "周晓燕", "sex": "f", "phone": "13971220417", "origin": "武汉市", "to_stay": True, **newcomer}),
        (people[42], None, ProposalKind.MOVED_IN, ProposalSource.DOOR, {"name": known, "to_stay": True, **newcomer}),
        (people[43], 0, ProposalKind.CORRECT, ProposalSource.DOOR, {"phone": "13886650938"}),
        (people[44], 0, ProposalKind.AWAY, ProposalSource.VISIT, {}),
        (people[45], 0, ProposalKind.CORRECT, ProposalSource.DOOR, {"id_number": "42900619900230123"}),
        (people[46], None, ProposalKind.MOVED_IN, ProposalSource.CALL, {"name": "吴国庆", "relation": "女婿"}),
    )  # fmt: skip
    for home, member, kind, source, said in told:
        at = moment(TODAY, 8, 25)
        with acting_at(at, office) as scope:
            proposal = propose(
                scope, community=code, household_id=home.household,
                resident_id=None if member is None else home.residents[member], kind=kind, said=said, source=source,
                source_id=minter.at(at), made_at=at,
            )  # fmt: skip
    with acting_at(moment(TODAY, 8, 50), office) as scope:
        confirm_proposal(scope, proposal_id=proposal.pk)
