"""Two lists from above of one day, with the same people in other spellings; some of them nobody knows here."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence

from shouwang.demo.invented.people import TODAY, Person
from shouwang.demo.invented.settlements import NEW_TOWN, Settlement
from shouwang.demo.scene.actors import acting_at, moment
from shouwang.people.actions.lists import load_list, preview_list, settle_line
from shouwang.people.enums import LineState
from shouwang.people.queries.lists import in_state, lines_of, opened

_CITY = 429006000000
_DAY = TODAY - dt.timedelta(days=1)
_TRADITIONAL = str.maketrans(
    "张陈刘杨赵黄吴孙马苏叶国华军丽红兰凤云龙万", "張陳劉楊趙黃吳孫馬蘇葉國華軍麗紅蘭鳳雲龍萬"
)
# People whom no roster knows, and what came of some of them.
_STRANGERS = (
    ("殷晓梅", "", "15927660314", "武汉市硚口区", "1月23日", "D5821", "竟陵街道新城社区", ""),
    ("童建设", "4290****3316", "", "武汉", "1.22", "自驾", "新城社区滨江美景湾", "只知道姓名"),
    ("瞿秀兰", "", "13971660528", "孝感", "正月初二", "", "", "目的地不详"),
    ("王女士", "", "18607220917", "武汉", "1月21日", "", "天门", ""),
    ("黎国斌", "", "13407166021", "广州", "2020.1.20", "K1278", "新城社区", ""),
)


def send_lists(towns: Sequence[Settlement]) -> None:
    """Headquarters loads both lists, the office settles what it knows. Played again it changes nothing."""
    people = [(town, person) for town in towns for person in _people(town)]
    morning = _file(
        "武汉返乡人员名单（第七批）", [_plain(town, one) for town, one in people] + list(_STRANGERS)
    )
    evening = _file(
        "公安推送返乡人员（晚间）",
        [_otherwise(at, town, one) for at, (town, one) in enumerate(people)] + list(_STRANGERS[:2]),
    )
    for hour, name, agency, content in (
        (9, "返乡人员名单第七批.csv", "市卫健局", morning),
        (18, "晚间推送.csv", "市公安局", evening),
    ):
        with acting_at(moment(_DAY, hour, 5), "demo-hq") as scope:
            found = preview_list(scope, area=_CITY, file_name=name, agency=agency, content=content)
            load_list(scope, list_id=found.pk)
    _settle(towns)


def _settle(towns: Sequence[Settlement]) -> None:
    """The office of the first community has asked after one of them: he stayed where he was."""
    code = towns[0].code
    with acting_at(moment(TODAY, 9, 20), "demo-office-xincheng") as scope:
        rows = in_state(lines_of(scope, community=code), LineState.LOOKING)
        for one in opened(scope, list(rows)):
            if one.told.name == "黎国斌":
                settle_line(
                    scope,
                    line_id=one.line.pk,
                    state=LineState.NOT_HERE,
                    proof="本人电话：留在广州过年，没有回来；房东也证实",
                )


def _people(town: Settlement) -> Iterator[Person]:
    """Grown-ups of the roster: eight of the community, three of each village."""
    some = 8 if town.code == NEW_TOWN else 3
    for home in town.households[11::29][:some]:
        grown = [one for one in home.members if one.id_number and one.born.year < 2002]
        yield from grown[:1]


def _plain(town: Settlement, one: Person) -> tuple[str, ...]:
    return one.name, one.id_number, one.phone, "武汉市", "1月22日", "", town.name, ""


def _otherwise(at: int, town: Settlement, one: Person) -> tuple[str, ...]:
    """As another office writes of the same person: traditional characters, masked numbers, a title."""
    name = (one.name.translate(_TRADITIONAL), " ".join(one.name), one.name, f"{one.name[0]}某")[at % 4]
    number = (f"{one.id_number[:6]}********{one.id_number[-4:]}", one.id_number.lower(), one.id_number[-4:])[
        at % 3
    ]
    phone = f"{one.phone[:3]} {one.phone[3:7]} {one.phone[7:]}" if one.phone else ""
    return name, number, phone, "武汉返乡", ("43852", "2020.1.22", "1/22")[at % 3], "", town.name, ""


def _file(title: str, rows: Sequence[tuple[str, ...]]) -> bytes:
    """The same bytes each time, so that it is the same list."""
    lines = io.StringIO()
    lines.write(f"{title},,,,,,,\n姓名,证件号码,联系电话,来源地,抵达时间,车次,目的地详细地址,备注\n")
    for row in rows:
        lines.write(",".join(row) + "\n")
    return lines.getvalue().encode("gb18030")
