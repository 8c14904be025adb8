"""Amounts in a clause: counts, sizes given as counts, ``各一斤``, sums of money, vague ones."""

from __future__ import annotations

from dataclasses import replace

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.names import Want, cleaned
from shouwang.supplies.rules.orders.numerals import plain
from shouwang.supplies.rules.orders.tokens import WEIGHTS, Token


class Amounts:
    """What an amount does to the want that is being told, ``now``, and to those told before, ``done``."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.done: list[Want] = []
        self.now = Want()
        self.gap = ""
        self.each = False
        self.before = ""

    def _flush(self) -> None:
        raise NotImplementedError

    def _leave_unknown(self) -> None:
        raise NotImplementedError

    def _ahead(self, index: int) -> str:
        raise NotImplementedError

    def _word(self, token: Token, index: int) -> None:
        raise NotImplementedError

    def _amount(self, token: Token, index: int) -> None:
        assert token.value is not None  # noqa: S101
        self._leave_unknown()
        now = self.now
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if not self.gap and self._is_count_of_packs(token, index):
            last = self.done[-1]
            last.specs.append(self.before)
            last.quantity, last.unit = plain(token.value), token.unit
            return
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
            and (self.gap != "strong" or now.packed)
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

    def _is_count_of_packs(self, token: Token, index: int) -> bool:
        """``10斤米1袋``: the weight before the name is the size of what is counted after it."""
        if index < 2 or token.unit in WEIGHTS or not self.done or self.now.item or self.now.quantity:
            return False
        name, before = self.tokens[index - 1], self.tokens[index - 2]
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is not None and following.kind == "word" and cleaned(following.text):
            return False
        self.before = before.text
        last = self.done[-1]
        return (
            name.kind == "word"
            and before.kind == "amount"
            and before.unit in WEIGHTS
            and last.unit == before.unit
        )

    def _bare(self, token: Token, index: int) -> None:
        """``鸡蛋2``: a count without a unit, where a thing we know stands right before it."""
        if self.now.quantity is None and not self.gap and goods.ending(goods.repaired(self.now.item)):
            self._amount(token, index)
        else:
            self._word(Token("word", token.text), index)

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
