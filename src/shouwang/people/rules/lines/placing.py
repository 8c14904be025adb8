"""Which community a line of a list means, by the names it holds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from shouwang.kernel.addresses import compound_key, read_address
from shouwang.kernel.errors import Refused
from shouwang.kernel.text import squeeze
from shouwang.places.rules.naming import stem, town_stem

_SUFFIX = r"(?:社区|村|居委会|村委会|居民委员会|村民委员会)"


@dataclass
class Places:
    """The communities of an area: code → name, town's code → name, and compound's key → codes.

    A name that several communities bear needs its town beside it; else the line is nobody's yet.
    """

    communities: Mapping[int, str]
    towns: Mapping[int, str]
    compounds: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @cached_property
    def _stems(self) -> Mapping[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for code, name in self.communities.items():
            found[stem(squeeze(name))].append(code)
        return found

    @cached_property
    def _named(self) -> re.Pattern[str]:
        stems = sorted(filter(None, self._stems), key=len, reverse=True)
        return re.compile(rf"({'|'.join(map(re.escape, stems)) or '(?!)'}){_SUFFIX}")

    def find(self, *, community: str, address: str, compound: str) -> int | None:
        """The code, if exactly one can be meant."""
        if len(self.communities) == 1:
            return next(iter(self.communities))
        text = squeeze(f"{community} {address}")
        for words in filter(None, (squeeze(community), squeeze(address))):
            named = {code for name in self._named.findall(words) for code in self._stems[name]}
            if not named and words == squeeze(community):
                named = {
                    code
                    for part in re.split(r"(?<=[镇乡道])|办事处", words)
                    for code in self._stems.get(stem(part), ())
                }
            if found := self._only(named, text):
                return found
        for place in filter(None, (compound, _compound_of(address))):
            if found := self._only(self.compounds.get(compound_key(place).removesuffix("小区"), ()), text):
                return found
        return None

    def _only(self, codes: Iterable[int], text: str) -> int | None:
        found = set(codes)
        if len(found) > 1:
            found = {code for code in found if _town(self.towns, code) and _town(self.towns, code) in text}
        return found.pop() if len(found) == 1 else None


def _town(towns: Mapping[int, str], code: int) -> str:
    return town_stem(squeeze(towns.get(code // 1000 * 1000, "")))


def _compound_of(address: str) -> str:
    try:
        return read_address(address).compound if address else ""
    except Refused:
        return ""
