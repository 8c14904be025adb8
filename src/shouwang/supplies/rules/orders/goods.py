"""The goods we know by name, and slips of voice and pinyin input that can be read only one way."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

LEXICON = Path(__file__).resolve().parents[2] / "lexicon"


@cache
def words(name: str) -> frozenset[str]:
    """The words of the lexicon file `name`.txt; lines that begin with # are remarks."""
    lines = (LEXICON / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def goods() -> dict[str, str]:
    """Every known thing with its category."""
    return {word: kind for kind in ("living", "infant", "medicine") for word in words(kind)}


@cache
def longest() -> int:
    return max(map(len, goods()))


def known(item: str) -> bool:
    return item in goods()


@lru_cache(maxsize=20_000)
def category(item: str, spec: str | None = None) -> str:
    """`living`, `infant` or `medicine`, by the longest known ending of the name, then by how drugs are named."""
    for start in range(max(0, len(item) - longest()), len(item)):
        kind = goods().get(item[start:])
        if kind:
            return kind
    if re.search(
        r"(?:缓释|肠溶|控释|分散|咀嚼)?(?:胶囊|颗粒|口服液|滴眼液|软膏|眼膏|注射液|混悬液)$|(?:他汀|地平|沙坦|洛尔|普利)",
        item,
    ):
        return "medicine"
    if re.search(r"[^瓜薯木笋糕贝芯肉鱼米]片$|[^肉鱼汤药虾藕]丸$", item) and len(item) > 3:
        return "medicine"
    if re.search(r"婴儿|宝宝", item):
        return "infant"
    if spec and re.search(r"\d(?:mg|ug|μg|毫克|微克)", spec, re.I):
        return "medicine"
    return "living"


@lru_cache(maxsize=20_000)
def ending(text: str) -> str | None:
    """The longest known thing that `text` ends with."""
    for start in range(max(0, len(text) - longest()), len(text)):
        if text[start:] in goods():
            return text[start:]
    return None


@lru_cache(maxsize=20_000)
def beginning(text: str) -> str | None:
    """The longest known thing that `text` begins with."""
    for size in range(min(len(text), longest()), 1, -1):
        if text[:size] in goods():
            return text[:size]
    return None


@lru_cache(maxsize=20_000)
def cut(text: str) -> tuple[str, ...] | None:
    """`text` as known things one after the other (``豆腐青菜``), or None if it is not made of them alone."""
    if not text:
        return ()
    for size in range(min(len(text), longest()), 0, -1):
        if text[:size] in goods():
            rest = cut(text[size:])
            if rest is not None:
                return (text[:size], *rest)
    return None


_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))


@lru_cache(maxsize=20_000)
def _sounds(sign: str, heteronym: bool = True) -> frozenset[str]:
    from pypinyin import Style, pinyin  # slow to load, and most chats need it not at all

    found = set()
    for sound in pinyin(sign, style=Style.NORMAL, heteronym=heteronym)[0]:
        for long, short in _FUZZY:
            sound = sound.replace(long, short)
        found.add(sound)
    return frozenset(found)


@cache
def _by_size() -> dict[int, list[str]]:
    table: dict[int, list[str]] = {}
    for word in goods():
        table.setdefault(len(word), []).append(word)
    return table


@lru_cache(maxsize=20_000)
def repaired(item: str) -> str:
    """`item`, or the one known thing that sounds like it; a thing known under the end of its name is left alone.

    Names of one character are never repaired: too many sound alike. At least one character must be the same.
    """
    if known(item) or not 2 <= len(item) <= 8 or not re.fullmatch(r"[一-鿿]+", item):
        return item
    own = ending(item)
    if own and len(own) >= 2:
        return item
    return next((word for usual in (True, False) if (word := _alike(item, usual))), item)


def _alike(item: str, usual: bool) -> str | None:
    """The one known thing that sounds like `item`; by the ``usual`` sound of each character, or by any it has."""
    best = 0
    candidates: list[str] = []
    for word in _by_size().get(len(item), ()):
        same = sum(a == b for a, b in zip(word, item, strict=True))
        if not same or same < best:
            continue
        if all(
            a == b or _sounds(a, not usual) & _sounds(b, not usual) for a, b in zip(word, item, strict=True)
        ):
            candidates = [word] if same > best else [*candidates, word]
            best = same
    return candidates[0] if len(candidates) == 1 else None


@lru_cache(maxsize=20_000)
def _longer(item: str) -> tuple[str, ...]:
    return tuple(word for word in goods() if item in word and item != word)


def spoken(item: str, text: str) -> bool:
    """Whether `text` names `item` itself, not a known thing whose name holds it (``油`` in 酱油)."""
    if item not in text:
        return False
    for word in _longer(item):
        text = text.replace(word, " ")
    return item in text
