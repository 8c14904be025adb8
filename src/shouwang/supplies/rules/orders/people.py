"""For whom an order is, and whose entries a correction means."""
# ruff: noqa: E501 - a pattern is kept in one piece

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shouwang.supplies.rules.orders.book import Entry
from shouwang.supplies.rules.orders.doors import Found, doors, without

if TYPE_CHECKING:
    from shouwang.supplies.rules.orders.posts import Posts

_KIN = r"(?:爸妈|爸爸|妈妈|爸|妈|爷爷|奶奶|外公|外婆|婆婆|公公|岳母|岳父|丈母娘|老丈人|姥姥|姥爷|爹爹|婆|姑姑|姑妈|叔叔|伯伯|舅舅|姨|姐姐|弟弟|妹妹|哥哥|儿子|女儿|雇主|邻居|老人|师傅|嗲嗲|爹|娘)"
_FOR = re.compile(
    rf"(?:代|帮(?!宝)|给|替|为)(?P<kin>(?:我|我们|楼上|楼下|隔壁|对门|对面)+(?:的)?[一-鿿]{{0,3}}?{_KIN}(?:爸妈)?家?|(?:楼上|楼下|隔壁|对门|对面)(?:的)?[一-鿿]{{1,4}}?(?=要|订|带|买|报|来))"
    rf"|(?:代|帮(?!宝)|给|替)(?P<name>(?:独居的)?[一-鿿]{{1,4}}?(?:{_KIN}|伯|叔|姨|姐|嫂|哥|婶|老师|大爷|大妈))(?:[要订带买报捎再来：:，,（(]|$)"
    rf"|(?:给|帮|替|代)(?P<old>老[一-鿿])(?=[再要订带买报捎来（(：:]|$)"
    rf"|(?:^|[，,。\s]|还有)(?P<mine>我?(?:们)?{_KIN}{_KIN}?家?)(?:那边|家|的)?(?:[（(]|\s*(?:住|也?要|说要|那边|[:：]))"
)
_PROXY = re.compile(r"^\s*(?:代|帮(?!宝)|给|替)")


_SEGMENT = re.compile(
    rf"[，,。；;！!\s]+(?=(?:还有|另外)?(?:代|帮|给|替)(?:我|我们|楼上|楼下|隔壁|对门)?(?:的)?[一-鿿]{{0,3}}?{_KIN}|我(?:自己|家|这边|们家|是|住)(?!\S*一样))"
)
_KIN_DOOR = re.compile(rf"(?P<kin>(?:我|我们)?{_KIN}{_KIN}?)(?:家|那边|那)?(?:是|住|在|：|:|（|\(|\s)*$")
_OWN_DOOR = re.compile(r"(?:我|我家|我们家|自己|本人)(?:是|住|在|：|:|这边|\s)*$")


@dataclass(slots=True)
class Part:
    """A piece of an order that is for one door."""

    who: str | None
    address: str | None
    text: str
    own: bool = True
    beneficiary: str | None = None


def behalf(posts: Posts, who: str | None, address: str | None, text: str, staff: bool) -> list[Part]:
    """Cut `text` into parts, one a door."""
    lines = text.split("\n")
    if len(lines) > 1:
        prefix_found = doors(lines[0])
        bare = (
            prefix_found
            and re.search(r"报|的老人|[:：]$", lines[0])
            and prefix_found[0].address.count("-") == 1
        )
        prefix = prefix_found[0].address if bare else None
        found: list[Part] = []
        if any(doors(line, prefix) or _PROXY.match(line) for line in lines[1:]):
            for index, line in enumerate(lines):
                if index == 0 and bare:
                    continue
                found += _one(posts, who, address, line, staff, prefix)
            return found
        text = " ".join(lines)
    pieces = _SEGMENT.split(text)
    if len(pieces) > 1 and not staff and any(_FOR.search(piece) for piece in pieces):
        return [part for piece in pieces for part in _one(posts, who, address, piece, staff, posts.prefix)]
    return _one(posts, who, address, text, staff, posts.prefix)


def note_doors(posts: Posts, who: str, text: str, found: list[Found]) -> None:
    """Whose door it is, where the words just before it say so (``我妈5栋102，我6-1-403``)."""
    for door in found:
        before = text[max(0, door.start - 12) : door.start]
        if kin := _KIN_DOOR.search(before):
            posts.book.aliases.setdefault(kin["kin"], door.address)
        elif _OWN_DOOR.search(before):
            posts.book.lives(who, door.address)


def _one(
    posts: Posts, who: str | None, address: str | None, text: str, staff: bool, prefix: str | None
) -> list[Part]:
    homes = posts.book.homes
    found = doors(text, prefix)
    match = _FOR.search(text)
    if match:
        name = next(filter(None, (match["kin"], match["name"], match["old"], match["mine"])))
        rest = text[: match.start()] + " " + text[match.end() :]
        if found:
            rest = without(rest, doors(rest, prefix))
            posts.book.aliases[name.removeprefix("独居的")] = found[0].address
            return [Part(who, found[0].address, _for_less(rest), False, name)]
        known = posts.book.aliases.get(name) or homes.get(name)
        if match["mine"] and not known:
            return [Part(who, address, rest)]
        rest = re.sub(r"^\s*[（(：:，,]+|[）)]", " ", rest) if "（" not in rest else rest
        return [Part(who, known, _for_less(rest), False, name)]
    if not found:
        return [Part(who, address, text)]
    if staff or _PROXY.match(text):
        door = found[0]
        after = text[door.end :]
        said = re.match(r"^(?:独居的)?(?P<name>[^：:，,（(\s\d]{1,6})(?:[（(][^）)]*[）)])?[：:]", after)
        if said and said["name"]:
            posts.book.aliases[said["name"]] = door.address
        rest = after[said.end() :] if said else after
        own = not _PROXY.match(text) and not said and door.address == homes.get(who or "", door.address)
        if (prefix and not own) or re.match(r"^\s*\d{3,4}\s", text):
            own = False
        return [Part(who, door.address, _for_less(rest), own, said["name"] if said else None)]
    if who:
        posts.book.lives(who, found[0].address)
    return [Part(who, found[0].address, without(text, found))]


def _for_less(text: str) -> str:
    return re.sub(
        r"^[\s:：，,）)（(]*(?:家|那边|那|的)?(?:也|说)?(?:要|订|带|买|报一下|报|送|捎)?(?:[:：，,]|(?=\S))|[，,]?\s*(?:帮他们订|帮她订|帮他订|送到[她他]那)[:：]?",
        " ",
        text,
    )


def spoken_target(posts: Posts, own_key: str, who: str | None, text: str) -> tuple[list[Entry], str]:
    """The entries that a correction is about, and the words without the address of them."""
    book = posts.book
    match = re.match(
        r"^\s*(?:接龙)?第?(\d{1,3})(?:号|个|位|条)(?:楼上的|那个)?(?P<name>[^\s：:，,的]{1,6}[：:])?的?", text
    )
    if match and int(match[1]) in posts.numbers:
        return book.live(posts.numbers[int(match[1])]), text[match.end() :]
    match = re.match(r"^\s*(\d{3,4})(?:室|房)?的", text)
    if match:
        hits = [e for e in book.entries if e.alive and (book.address(e) or "").split("-")[-1] == match[1]]
        if len({book.address(e) for e in hits}) == 1:
            return hits, text[match.end() :]
    match = re.match(r"^\s*(?P<name>[^\s，,的：:]{2,6})的", text)
    if match and match["name"] not in ("我家", "我妈", "上面", "昨晚报", "昨天报"):
        home = book.aliases.get(match["name"])
        hits = [e for e in book.entries if e.alive and home and book.address(e) == home]
        if not hits and (key := posts.known_key(match["name"])):
            hits = book.live(key)
        if hits:
            return hits, text[match.end() :]
    if posts.staff_speaks and (key := posts.named_in(text)):
        return book.live(key), text
    if own_key and book.live(own_key):
        return book.live(own_key), text
    if (
        own_key
        and who is None
        and (hits := [e for e in book.entries if e.alive and book.address(e) == own_key])
    ):
        return hits, text
    if own_key:
        key = posts.known_key(own_key)
        return (book.live(key), text) if key else ([], text)
    if re.match(r"^(?:上面|刚才|前面|上一条|打错|写错|我)", text) and book.entries:
        return book.live(book.entries[-1].key), text
    return [], text
