"""From tokens to what is wanted: item, quantity, unit, size, maker, preference, or the doubt about it."""

from __future__ import annotations

import re
from dataclasses import replace

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.amounts import Amounts
from shouwang.supplies.rules.orders.names import MAKER_TAIL, NOT_ITEM, ONE, Want, cleaned, maker_of, plausible
from shouwang.supplies.rules.orders.tokens import WEIGHTS, Token, tokens


def wants(text: str) -> list[Want]:
    """What `text` asks for, in its order."""
    return [want for want in _Clause(tokens(text)).read() if want.item or want.quantity or want.doubt]


class _Clause(Amounts):
    """One pass over the tokens. `now` is the want that is being told."""

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
            if (
                not parts
                and not goods.known(goods.repaired(now.item))
                and not (now.item.endswith("套餐") and plausible(now))
            ):
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
        choice = re.match(r"^(?P<thing>.+?)(?P<how>要[^要]{1,6}的)$", raw)
        if choice and goods.known(cleaned(choice["thing"])):
            raw = choice["thing"]
        text = cleaned(raw)
        self._leave_unknown()
        if raw.startswith(("就是", "也就是")) and self.gap and self.now.item and self.now.quantity is None:
            self.now = Want()
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
        joined = index + 1 < len(self.tokens) and self.tokens[index + 1].kind in (
            "spec",
            "word",
            "guarded",
            "amount",
        )
        brands_next = joined and not MAKER_TAIL.search(raw)  # ``花王XL码拉拉裤``: the brand of what comes
        if (
            self.now.item
            and self.now.quantity
            and self._ahead(index) != "amount"
            and not goods.cut(text)
            and not (brands_next and maker_of(raw))
        ):
            self._remark(raw)
            return
        if (
            self.now.item
            and not goods.known(text)
            and maker_of(raw)
            and not brands_next
            and (self.gap or MAKER_TAIL.search(raw))
        ):
            self._remark(raw)
            return
        self._flush()
        self._start(text)

    def _leave_unknown(self) -> None:
        """A strong gap ends what was no thing we know: the amount that follows is of something else."""
        now = self.now
        named = now.item and now.quantity is None and not now.doubt
        if (
            self.gap == "strong"
            and named
            and not (goods.ending(now.item) or goods.repaired(now.item) != now.item)
        ):
            self._flush()

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

    def _age(self, token: Token, index: int) -> None:
        """For whom it is: ``6个月宝宝吃的`` is no count."""
        del index
        if last := self._last():
            last.notes.append(token.text)

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


def _bare(text: str) -> str:
    return re.sub(r"的$", "", text.strip())
