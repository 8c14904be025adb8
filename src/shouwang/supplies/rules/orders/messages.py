"""From a pasted text to messages: headers of the usual exports, or one message a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DATE = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}月\d{1,2}日|\d{1,2}[-/]\d{1,2})"
_TIME = (
    r"(?:[上下]午|晚上|早上|凌晨|中午)?\s?(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：]\d{2})?(?:\s?[AP]M)?"
)
_WEEK = r"(?:\s*(?:星期|周)[一二三四五六日天])?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<name>\S.*?)\s*[（(\[【]\s*{_DATE}{_WEEK}\s*{_TIME}\s*[)）\]】]\s*[:：]?$",
        rf"^(?P<name>\S.*?)[:：]?\s+{_DATE}{_WEEK}\s+{_TIME}\s*[:：]?$",
        rf"^[\[（(【]?{_DATE}{_WEEK}\s+{_TIME}[\]）)】]?[,，]?\s+(?P<name>\S.*?)[:：]?$",
    )
)
_CLOCK_ONLY = re.compile(rf"^(?P<name>\S.{{0,30}}?)\s+{_TIME}$")
_CLOCK_FIRST = re.compile(rf"^[\[（(]?{_TIME}[\]）)]?\s+(?P<name>\S.{{0,30}})$")
_NAME_ONLY = re.compile(r"^(?P<name>[^\s，。,:：；;！？!?][^，。,:：；;！？!?]{0,18})[:：]$")
_INLINE = re.compile(r"^(?P<name>[^:：，。,；;！？!?「」]{1,24}?)\s*[:：]\s*(?P<text>.+)$")
_NO_NAME = re.compile(
    r"^\s*#?接龙|^例|^\d+\s*[.、．)）]|注意|说明|格式|^引用|https?$|\d[斤包袋盒瓶桶箱提板个条块]|[一二两三四五六七八九十半][斤包袋盒瓶桶箱提板]|套餐$|"
    r"^(?:另外|还有|我要|帮|给|代|麻烦|需要|地址|电话|姓名|备注|药品|物资)|统一报$|^我是|处方|规格"
)
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_FULL_WIDTH |= {
    0xFF0D: "-",
    0xFF0A: "*",
    0x3000: " ",
    0xFF0E: ".",
    0xA0: " ",
    0xFEFF: "",
    0x200B: "",
    0x200D: 0x200D,
}


@dataclass(slots=True)
class Message:
    """One post. `sender` is the nickname as the file has it; `clock` is minutes after midnight, if the file says."""

    number: int
    sender: str | None
    text: str
    clock: int | None = None


def halved(text: str) -> str:
    """Digits, Latin letters and spaces of double width made single; other signs stay."""
    return text.translate(_FULL_WIDTH)


def split(text: str) -> list[Message]:
    """The messages of `text`, numbered from 1; blank lines count for nothing."""
    lines = [halved(line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    form = _form(lines)
    if form is None:
        return _by_line(lines)
    messages: list[Message] = []
    body: list[str] = []
    head: re.Match[str] | None = None
    for line in lines:
        match = form.match(line) if line else None
        if match is None:
            if line:
                body.append(line)
            continue
        if head is not None or body:
            messages.append(_message(len(messages) + 1, head, body))
        head, body = match, []
    if head is not None or body:
        messages.append(_message(len(messages) + 1, head, body))
    return messages


def _form(lines: list[str]) -> re.Pattern[str] | None:
    filled = [line for line in lines if line]
    short = [line for line in filled if len(line) <= 80]
    best = max(_FORMS, key=lambda form: sum(bool(form.match(line)) for line in short))
    if any(best.match(line) for line in short):
        return best
    for form, share in ((_CLOCK_ONLY, 0.2), (_CLOCK_FIRST, 0.2), (_NAME_ONLY, 0.3)):
        hits = sum(bool(form.match(line)) for line in short)
        if hits >= 2 and hits >= share * len(filled):
            return form
    return None


def _message(number: int, head: re.Match[str] | None, body: list[str]) -> Message:
    if head is None:
        return Message(number, None, "\n".join(body))
    found = head.groupdict()
    clock = int(found["hour"]) * 60 + int(found["minute"]) if found.get("hour") else None
    if clock is not None and re.search(r"下午|晚上", head.group()) and clock < 720:
        clock += 720
    return Message(number, head["name"].strip(), "\n".join(body), clock)


def _by_line(lines: list[str]) -> list[Message]:
    messages: list[Message] = []
    for line in filter(None, lines):
        match = _INLINE.match(line)
        if match and not _NO_NAME.search(match["name"]):
            messages.append(Message(len(messages) + 1, match["name"].strip(), match["text"].strip()))
        else:
            messages.append(Message(len(messages) + 1, None, line))
    return messages
