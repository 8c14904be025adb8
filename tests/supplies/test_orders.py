"""The order reader on small invented chats, one for each convention."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.supplies.rules.orders.paste import LARGEST, Unreadable, chat_text
from shouwang.supplies.rules.orders.reading import read


def lines(chat: str) -> list[tuple[object, ...]]:
    return [
        (line["who"], line["address"], line["item"], line["quantity"], line["unit"])
        for line in read(chat).lines
    ]


def things(chat: str) -> list[tuple[object, ...]]:
    return [row[2:] for row in lines(chat)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("莲藕3斤，豆腐两块", [("莲藕", "3", "斤"), ("豆腐", "2", "块")]),
        ("米一袋油一桶", [("米", "1", "袋"), ("油", "1", "桶")]),
        ("半斤木耳 两斤半菜心", [("木耳", "0.5", "斤"), ("菜心", "2.5", "斤")]),
        ("姜三两，瓜子二斤三两", [("姜", "3", "两"), ("瓜子", "2.3", "斤")]),
        ("葱、蒜各半斤", [("葱", "0.5", "斤"), ("蒜", "0.5", "斤")]),
        ("矿泉水500ml*12瓶3箱", [("矿泉水", "3", "箱")]),
        ("牛奶1L*4盒", [("牛奶", "4", "盒")]),
        ("豆浆+3", [("豆浆", "3", None)]),
        ("千张半斤 八角二两", [("千张", "0.5", "斤"), ("八角", "2", "两")]),
        ("带个拖把", [("拖把", "1", "个")]),
        ("基蛋一板，盐两报", [("鸡蛋", "1", "板"), ("盐", "2", "包")]),
        ("碳酸钙D3片一瓶", [("碳酸钙D3片", "1", "瓶")]),
    ],
)
def test_a_clause_is_read(said: str, expected: list[tuple[object, ...]]) -> None:
    assert things(f"3-1-402小吴：{said}") == expected


@pytest.mark.parametrize(
    ("written", "door"),
    [
        ("2号楼1单元301", "2-1-301"),
        ("5栋102", "5-102"),
        ("三组12号", "3-12"),
        ("B栋1203", "B-1203"),
        ("5栋一单元六楼601", "5-1-601"),
    ],
)
def test_doors_in_any_spelling(written: str, door: str) -> None:
    assert lines(f"1. {written} 小吴 白菜2棵") == [("小吴", door, "白菜", "2", "棵")]


def test_sizes_and_makers_stand_apart() -> None:
    [milk, powder] = read("4-1-503小方：牛奶250ml*16盒1箱，要伊利的\n4-1-503小方：飞鹤3段奶粉2罐").lines
    assert (milk["spec"], milk["maker"]) == ("250ml*16盒", "伊利")
    assert (powder["item"], powder["spec"], powder["category"]) == ("飞鹤奶粉", "3段", "infant")


def test_the_last_word_holds() -> None:
    chat = "1. 1-1-202 安嫂 鸡蛋1板 白菜2棵 酸奶1提\n安嫂：鸡蛋改成2板\n安嫂：酸奶不要了，白菜还要"
    assert sorted(things(chat)) == [("白菜", "2", "棵"), ("鸡蛋", "2", "板")]


def test_more_of_the_same_is_one_line() -> None:
    assert things("1-1-202安嫂：面包2袋\n1-1-202安嫂：面包再加1袋") == [("面包", "3", "袋")]


def test_a_list_posted_again_is_one_order() -> None:
    chat = "#接龙 夜班小区\n1. 老丁 1-1-201 米1袋\n\n#接龙 夜班小区\n1. 老丁 1-1-201 米2袋\n2. 小敏 2-1-101 盐1包"
    assert things(chat) == [("米", "2", "袋"), ("盐", "1", "包")]


def test_same_as_above_is_a_copy() -> None:
    assert things("1-101丁姐：白菜2棵\n1-102小龚：同上") == [("白菜", "2", "棵")] * 2


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("50块的菜", "vague"),
        ("有鲈鱼要鲈鱼，没有就草鱼", "alternative"),
        ("陈醋", "no_quantity"),
        ("[图片]", "photo"),
        ("跟昨天一样", "refers_back"),
        ("鸡蛋3000斤", "unclear"),
    ],
)
def test_doubt_goes_to_review(said: str, reason: str) -> None:
    reading = read(f"3-1-402小吴：{said}")
    assert not reading.lines
    assert [row["reason"] for row in reading.review] == [reason]


def test_without_who_and_where_it_is_no_line() -> None:
    assert [row["reason"] for row in read("盐一包").review] == ["no_sender"]


def test_one_household_ordering_twice() -> None:
    reading = read("老余：3-1-201 米1袋\n余嫂：3-1-201 米1袋")
    assert (len(reading.lines), [row["reason"] for row in reading.review]) == (1, ["duplicate"])


def test_after_the_close_it_is_late() -> None:
    reading = read("团长小柯：要的报房号\n团长小柯：截止，收工\n1-1-101老余：盐1包")
    assert (reading.lines, [row["reason"] for row in reading.review]) == ([], ["late"])


@pytest.mark.parametrize(
    "said",
    ["我爸胸口疼得厉害", "厨房一股煤气味", "孩子烧到39.5了", "隔壁有人喊救命", "@网格员 我妈晕倒了，快过来"],
)
def test_alarms_ring(said: str) -> None:
    assert [row["message"] for row in read(f"3-1-402小吴：{said}").urgent] == [1]


@pytest.mark.parametrize("said", ["急需酱油1瓶", "笑死我了", "36.4，没发烧", "饿死了，馒头2个"])
def test_haste_and_jokes_do_not(said: str) -> None:
    assert read(f"3-1-402小吴：{said}").urgent == []


def test_questions_are_passed_on() -> None:
    assert [row["message"] for row in read("小吴：昨天的菜怎么还没到？\n小吴：谢谢").complaints] == [1]


def test_headers_carry_the_sender() -> None:
    chat = "网格员小刘 2020-02-19 09:02\n要什么直接说\n李婶 2020-02-19 09:05\n2号楼1单元301\n白菜5斤"
    assert lines(chat) == [("李婶", "2-1-301", "白菜", "5", "斤")]


WORDS = st.sampled_from(
    "1. |#接龙|@|：|\n|，| |土豆|5斤|3-1-402|不要了|改成|同上|+1|各|半|两|*|[图片]|「|」|截止|小吴|"
    "2020-02-19 09:02|（|）".split("|")
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map("".join)))
def test_anything_can_be_read_and_nothing_is_lost(chat: str) -> None:
    from shouwang.supplies.rules.orders.messages import split

    reading = read(chat)
    told = {number for line in reading.lines for number in line["messages"]} | set(reading.ignored)
    told |= {row["message"] for row in (*reading.review, *reading.urgent, *reading.complaints)}
    assert told == {message.number for message in split(chat)}


@pytest.mark.parametrize("raw", [b"\x00\x01\x02" * 50, b"a" * (LARGEST + 1)])
def test_what_is_no_chat_is_refused_clearly(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="Export"):
        chat_text(raw)


def test_the_command_prints_the_contract(tmp_path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("3-1-402小吴：莲藕3斤\n谢谢", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "shouwang", "orders", "read", str(chat), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    reading = json.loads(done.stdout)
    assert set(reading) == {"lines", "review", "urgent", "complaints", "ignored"}
    assert (reading["lines"][0]["item"], reading["ignored"]) == ("莲藕", [2])
