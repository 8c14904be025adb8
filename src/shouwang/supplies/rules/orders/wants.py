"""From tokens to what is wanted: item, quantity, unit, size, maker, preference, or the doubt about it."""

from __future__ import annotations

import re
from dataclasses import replace

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.names import MAKER_TAIL, NOT_ITEM, ONE, Want, cleaned, maker_of
from shouwang.supplies.rules.orders.numerals import plain
from shouwang.supplies.rules.orders.tokens import WEIGHTS, Token, tokens


def wants(text: str) -> list[Want]:
    """What `text` asks for, in its order."""
    return [want for want in _Clause(tokens(text)).read() if want.item or want.quantity or want.doubt]


class _Clause:
    """One pass over the tokens. `now` is the want that is being told."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.done: list[Want] = []
        self.now = Want()
        self.gap = ""
        self.each = False

    def read(self) -> list[Want]:
        for index, token in enumerate(self.tokens):
            if token.kind in ("strong", "weak"):
                self.gap = token.kind if self.gap != "strong" else self.gap
                continue
            getattr(self, f"_{token.kind}")(token, index)
            self.gap = ""
        self._flush()
        for want in self.done:
            want.item = goods.repaired(want.item) if want.item else ""
        return self.done

    def _flush(self) -> None:
        now, self.now = self.now, Want()
        if now.specs and not (now.item or now.quantity or now.doubt):
            self.now.specs = now.specs
            return
        if now.item and now.quantity is None and now.doubt is None:
            parts = goods.cut(now.item)
            if not parts and not goods.known(goods.repaired(now.item)):
                if now.specs and not NOT_ITEM.search(now.item):
                    now.doubt = "no_quantity"
                    self.done.append(now)
                return
            for part in parts or (now.item,):
                self.done.append(replace(now, item=part, doubt="no_quantity"))
            return
        if now.item or now.quantity or now.doubt:
            self.done.append(now)

    def _last(self) -> Want | None:
        return self.now if self.now.item else self.done[-1] if self.done else None

    def _ahead(self, index: int) -> str:
        """What comes next in this clause: ``amount`` if a number belongs to the word at `index`."""
        for token in self.tokens[index + 1 :]:
            if token.kind in ("amount", "vague", "each"):
                return "amount"
            if token.kind == "strong" or (token.kind == "word" and token.text.strip()):
                return ""
        return ""

    def _word(self, token: Token, index: int) -> None:
        raw = token.text.strip()
        one = ONE.match(raw)
        if one and self._ahead(index) != "amount" and not NOT_ITEM.search(raw[one.end() :]):
            self._flush()
            self.done.append(Want(item=cleaned(raw[one.end() :]), quantity="1", unit=one[1]))
            return
        text = cleaned(raw)
        if not text:
            return
        now = self.now
        if now.doubt == "vague" and not now.item and self.gap != "strong":
            self._name(now, text)
            return
        if now.quantity and not now.item:
            if self.gap != "strong" and not MAKER_TAIL.search(raw):
                self._name(now, text)
                return
            maker = maker_of(raw)
            if maker:
                now.maker = maker
                return
            if not self.gap:
                self._name(now, cleaned(MAKER_TAIL.sub("", raw)))
                return
            self._flush()
            now = self.now
        if now.item and now.quantity is None and not self.gap:
            now.item = cleaned(now.item + text)
            return
        if now.item and now.quantity is None:
            maker = maker_of(raw)
            if maker and self.gap == "weak":
                now.maker = maker
                return
            self._flush()
        if self.now.item and self.now.quantity and self._ahead(index) != "amount" and not goods.cut(text):
            self._remark(raw)
            return
        if self.now.item and not goods.known(text) and maker_of(raw) and (self.gap or MAKER_TAIL.search(raw)):
            self._remark(raw)
            return
        self._flush()
        self._start(text)

    def _start(self, text: str) -> None:
        for joint in ("和", "跟", "与", "还有", "加"):
            left, found, right = text.partition(joint)
            if found and goods.known(cleaned(left)) and cleaned(right) and not goods.known(text):
                self.now = Want(item=cleaned(left))
                self._flush()
                self.now = Want(item=cleaned(right))
                return
        self.now = Want(item=text, specs=self.now.specs)

    def _name(self, want: Want, text: str) -> None:
        want.item = text
        self.done.append(want)
        self.now = Want()

    def _remark(self, raw: str) -> None:
        last = self._last()
        if last is None:
            return
        maker = maker_of(raw)
        if maker:
            last.maker = maker
            if re.search(r"^(?:厂家)?都|都[是要同]", raw):
                for want in self.done:
                    want.maker = maker
        elif raw:
            last.notes.append(re.sub(r"^[（(]|[）)]$", "", raw))

    def _paren(self, token: Token, index: int) -> None:
        inner = token.text[1:-1].strip()
        last = self._last()
        if last is None or not inner:
            return
        only = [t for t in tokens(inner) if t.kind not in ("weak",)]
        if len(only) == 1 and only[0].kind == "spec":
            last.specs.append(_bare(inner))
        elif len(only) == 1 and only[0].kind == "amount" and last.quantity and only[0].unit in WEIGHTS:
            last.specs.append(inner)
        elif len(only) == 1 and only[0].kind == "amount" and last.quantity is None:
            self._amount(only[0], index)
        else:
            self._remark(inner)

    def _guarded(self, token: Token, index: int) -> None:
        self._word(token, index)

    def _spec(self, token: Token, index: int) -> None:
        text = _bare(token.text)
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        starts = (
            self.now.item
            and self.now.quantity
            and following
            and following.kind == "word"
            and self._ahead(index + 1) == "amount"
            and self.gap
        )
        if starts:
            self._flush()
        if (
            not self.now.item
            and not self.now.quantity
            and self.done
            and not (following and following.kind == "word" and cleaned(following.text))
        ):
            self.done[-1].specs.append(text)
            return
        self.now.specs.append(text)

    def _amount(self, token: Token, index: int) -> None:
        assert token.value is not None  # noqa: S101
        now = self.now
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if (
            now.item
            and now.quantity
            and token.unit in WEIGHTS
            and now.unit not in WEIGHTS
            and (
                self.gap != "strong"
                and (not following or following.kind != "word" or following.text.startswith("的"))
            )
        ):
            now.specs.append(token.text)
            if following and following.kind == "word" and following.text.startswith("的"):
                following.text = following.text[1:]
            return
        if (
            now.item
            and now.quantity
            and self.gap != "strong"
            and not (
                following
                and following.kind == "word"
                and cleaned(following.text)
                and self._ahead(index + 1) != "amount"
            )
        ):
            if now.packed:
                now.specs.pop()
            now.specs.append(now.packed or f"{now.quantity}{now.unit or ''}")
            now.quantity, now.unit, now.packed = plain(token.value), token.unit, None
            if self.each:
                self._spread(now)
            return
        if now.item and now.quantity is None:
            now.quantity, now.unit = plain(token.value), token.unit
            if token.spec:
                now.specs.append(token.spec)
                now.packed = token.text
            if self.each:
                self._spread(now)
            return
        specs = now.specs if not now.item and not now.quantity else []
        self._flush()
        self.now = Want(
            quantity=plain(token.value), unit=token.unit, specs=[*specs, *filter(None, [token.spec])]
        )

    def _each(self, token: Token, index: int) -> None:
        del token, index
        self.each = True

    def _spread(self, now: Want) -> None:
        """``大葱、生姜各一斤``: the amount holds for every thing before it that has none."""
        self.each = False
        parts = goods.cut(now.item)
        if parts and len(parts) > 1 and not goods.known(now.item):
            now.item = parts[-1]
            self.done.extend(replace(now, item=part) for part in parts[:-1])
        for want in reversed(self.done):
            if want.packed:
                want.specs[-1], want.packed = want.packed, None
            elif want.doubt != "no_quantity":
                break
            want.quantity, want.unit, want.doubt = now.quantity, now.unit, None

    def _money(self, token: Token, index: int) -> None:
        self._flush()
        self.now = Want(doubt="vague", item="")

    def _vague(self, token: Token, index: int) -> None:
        if not self.now.item or self.now.quantity or self.now.doubt:
            self._flush()
        self.now.doubt = "vague"
        self.now.quantity = None
        if self.now.item:
            self._flush()


def _bare(text: str) -> str:
    return re.sub(r"的$", "", text.strip())
