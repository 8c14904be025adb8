"""How many messages a second the order reader reads, beside what it costs to read the lines plainly."""

from __future__ import annotations

import random
import time

from shouwang.supplies.rules.orders.messages import split
from shouwang.supplies.rules.orders.reading import read

BAR = 2_000  # messages a second on one core

_THINGS = (
    "土豆5斤 白菜2棵",
    "鸡蛋一板，酱油1瓶",
    "两斤半菜心 半公斤排骨",
    "米50斤装1袋、盐两包",
    "牛奶250ml*16盒1箱",
    "二甲双胍0.5g*20片2盒",
)
_TALK = "收到，谢谢|今天有鱼吗|哈哈哈|再加豆腐2块|昨天的菜怎么还没到|+1".split("|")


def chat(messages: int, seed: int = 6) -> str:
    """An invented chat of the given length."""
    dice = random.Random(seed)  # noqa: S311
    lines = []
    for number in range(messages):
        door = f"{dice.randint(1, 40)}-{dice.randint(1, 3)}-{dice.randint(1, 30)}0{dice.randint(1, 4)}"
        lines.append(f"{door}住户{number // 3}：{dice.choice(_THINGS if dice.random() < 0.7 else _TALK)}")
    return "\n".join(lines)


def run(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 10_000
    text = chat(count)
    read(chat(200))  # the lexicons are loaded
    started = time.perf_counter()
    split(text)
    plain = time.perf_counter() - started
    started = time.perf_counter()
    reading = read(text)
    full = time.perf_counter() - started
    speed = count / full
    print(
        f"orders: {count} messages, {len(reading.lines)} lines: {speed:,.0f} messages/s "
        f"(bar {BAR:,}; splitting alone {count / plain:,.0f} messages/s)"
    )
    return 0 if speed >= BAR else 1
