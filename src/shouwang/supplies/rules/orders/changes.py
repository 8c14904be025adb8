"""Cancellations and corrections: what they say, and about which entries."""

from __future__ import annotations

import re
from dataclasses import replace

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.book import Book, Entry, add_amount
from shouwang.supplies.rules.orders.names import Want, cleaned
from shouwang.supplies.rules.orders.wants import wants

CANCEL = re.compile(
    r"不要了|不用了|不用买|不用带|不用送|不需要了|取消|退了|退掉|划掉|删掉|删了|去掉|撤了|撤掉|不买了|不订了|不定了|不带了|不报了|不拿了|免了|算了|有了不|别买了|别带了|不要$|不用$|就不要"
)
KEEP = re.compile(r"(?:还|仍|照旧|依然|继续|都)要|不变|照旧|保留|留着|不动|照常|不改")
CHANGE = re.compile(
    r"改|换|多报|少报|报错|打错|写错|说错|发错|多打|少打|弄错|不是|应该是|错了|少了|多了|就行|就够|够了|搞错|更正|纠正|按一次|减|少要|重了|要\d|是\d|那(?:我|就|还是)*(?:要|来)"
)
MORE = re.compile(
    r"再加|再来|再要|再带|再买|加多|多加|另加|多要|追加|加(?=\d|[一二两三四五六七八九十半])|多来"
)
LESS = re.compile(r"少要|减掉|减少|减去|少买|少拿|少来|减(?=\d|[一二两三四五六七八九十半])")
_SWAP = re.compile(
    r"(?P<old>[^，,。；;\s]{0,10}?)(?:不要了|不要|太贵了?|不买了|去掉|取消|没有的话)?[，,\s]*(?:换成了?|改成了?|改为|换为|换做|改要|换|改)(?:一下|要|个)?(?P<new>.+)$"
)
_CLAUSE = re.compile(r"[，,。；;！!\n]+|\s{1,}(?=\S*(?:不要|取消|还要))")


def named(entries: list[Entry], text: str) -> list[Entry]:
    """The entries whose thing `text` names; ``肉`` names 五花肉 only where nothing else is meant."""
    exact = [
        entry for entry in entries if goods.spoken(entry.want.item, text) or _by_letter(entry.want.item, text)
    ]
    longest = [
        e for e in exact if not any(e.want.item != o.want.item and e.want.item in o.want.item for o in exact)
    ]
    if longest:
        return longest
    spoken = [
        (entry, part) for entry in entries for part in _tails(entry.want.item) if goods.spoken(part, text)
    ]
    best = max((len(part) for _, part in spoken), default=0)
    close = [entry for entry, part in spoken if len(part) == best]
    return close if len({entry.want.item for entry in close}) == 1 else []


def _by_letter(item: str, text: str) -> bool:
    """``A`` for A套餐."""
    letter = re.fullmatch(r"([A-Z])套餐", item)
    return bool(letter and re.search(rf"(?<![A-Za-z]){letter[1]}(?![A-Za-z码])", text, re.I))


def _tails(item: str) -> list[str]:
    tails = [item[start:] for start in range(1, len(item) - 1)]
    heads = [item[:size] for size in range(len(item) - 1, 1, -1)]
    return [part for part in (*tails, *heads) if len(part) >= 2] + (
        [item[-1]] if goods.known(item[-1:]) else []
    )


def cancel(entries: list[Entry], text: str, number: int) -> list[Entry] | None:
    """Take out what `text` cancels; None if it does not say what. The entries touched are returned."""
    touched: list[Entry] = []
    spoken = False
    before: list[Entry] = []
    for clause in filter(None, _CLAUSE.split(text)):
        hit = named(entries, clause)
        if KEEP.search(clause) and not CANCEL.search(clause):
            for entry in hit:
                entry.messages.add(number)
            touched += hit
        elif CANCEL.search(clause) and (hit or before):
            hit = hit or before
            for entry in hit:
                entry.alive = False
            touched += hit
            spoken = True
        before = hit
    if spoken:
        return touched
    bare = re.sub(r"^.{0,8}(?:我|号|家|的)", "", CANCEL.sub("", text))
    bare = re.sub(
        r"[\s，,。！!的那份都全部了吧哈啊我这次单订整抱歉对不起不好意思先就也还是接龙前面上之公司发已买到来人家里没钱自己翻儿子从镇好]",
        "",
        bare,
    )
    if len(bare) <= 6 and entries:
        for entry in entries:
            entry.alive = False
        return entries
    return None


def correct(book: Book, entries: list[Entry], text: str, number: int) -> list[Entry]:
    """Apply what `text` corrects; the entries touched (also new ones, for a thing that was swapped)."""
    touched: list[Entry] = []
    text = re.sub(
        r"(?:不是|而不是|不要)(?:\d+|[一二两三四五六七八九十半]+)[^\s，,。]{0,3}(?=$|[，,。吧哈啊])", "", text
    )
    wrong = re.search(r"不是(?P<old>[一-鿿]{1,8})[，,]\s*(?:是|要|应该是)(?P<new>.+)", text)
    if wrong:
        hit, said = named(entries, wrong["old"]), wants(wrong["new"])
        if hit and said:
            return _swap(book, hit, said, number)
    subject: list[Entry] = []
    for clause in filter(None, re.split(r"[，,。；;！!\n]+", text)):
        hit = named(entries, clause)
        swap = _SWAP.search(clause)
        said = wants(swap["new"] if swap else clause)
        if swap and said and said[0].item and not named(entries, swap["new"]):
            old = named(entries, swap["old"]) or subject or (entries if len(entries) == 1 else [])
            if old:
                fresh = _swap(book, old, said, number)
                touched += fresh
                subject = fresh
                continue
        subject = hit or subject
        amounts = [want for want in said if want.quantity and not want.doubt]
        for want in said:
            if want.specs and want.item and want.quantity is None:
                for entry in named(entries, want.item)[:1]:
                    entry.want = replace(entry.want, specs=list(want.specs))
                    entry.messages.add(number)
                    touched.append(entry)
        for want in amounts:
            target = named(entries, want.item) if want.item else subject
            if not target and not want.item and len(entries) == 1:
                target = entries
            if not target and not want.item and want.unit:
                same = [entry for entry in entries if entry.want.unit == want.unit]
                target = same if len(same) == 1 else []
            for entry in target[:1]:
                _amend(entry, want, clause, number)
                touched.append(entry)
    return touched


def _amend(entry: Entry, want: Want, clause: str, number: int) -> None:
    entry.messages.add(number)
    if want.quantity is None:
        return
    if want.unit in (None, entry.want.unit) and LESS.search(clause):
        add_amount(entry, want.quantity, -1)
    elif want.unit in (None, entry.want.unit) and MORE.search(clause):
        add_amount(entry, want.quantity)
    else:
        entry.want = replace(
            entry.want,
            quantity=want.quantity,
            unit=want.unit or entry.want.unit,
            specs=want.specs or list(entry.want.specs),
        )


def _swap(book: Book, old: list[Entry], said: list[Want], number: int) -> list[Entry]:
    first = old[0]
    made = []
    for want in said:
        if want.quantity is None and want.item and cleaned(want.item):
            want = replace(want, quantity=first.want.quantity, unit=first.want.unit, doubt=None)
        if not want.item:
            continue
        new = Entry(first.who, first.address, want, {number}, first.own, first.beneficiary, chain=first.chain)
        if book.put(new, want.item):
            made.append(new)
    for entry in old:
        entry.alive = False
    return made or old
