"""ID numbers and phones for invented people.

**Phones** begin with 154, 160, 161, 163, 164 or 169: prefixes that look like mobile numbers and, in the
numbering plan as it stood in 2020, were open to no subscriber, so that nobody's phone can ring.
**ID numbers** have the right form and check digit (GB 11643-1999), because everything that reads them checks
it; that one of them was by chance issued to somebody cannot be ruled out, but name, address and household
beside it are invented.
"""

from collections import Counter
from datetime import date
from random import Random

from shouwang.demo.invented.names import Sex

UNOPENED_PREFIXES = ("154", "160", "161", "163", "164", "169")
HOME = "429006"
# Xiantao, Qianjiang, Hanchuan, Jingshan, Zhongxiang, Yingcheng, and the county's number before 1994.
NEIGHBOURS = ("429004", "429005", "420984", "420821", "420881", "420981", "422428")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_STEP = 173  # has no factor in common with 500: walks through all sequence numbers before it repeats one
_PHONES = len(UNOPENED_PREFIXES) * 10**8
_PHONE_STEP = 370_357_607  # odd, not divisible by 3 or 5: no factor in common with 6 × 10^8


def weighted(digits: str, offset: int) -> int:
    """Share of the check sum (mod 11) of some digits that begin at ``offset`` of an ID number."""
    return sum(int(d) * w for d, w in zip(digits, _WEIGHTS[offset:], strict=False)) % 11


class Numbers:
    """Hands out ID numbers and phones, each once.

    ``block`` 0 and 1 never meet: the scene takes 0, the rest of the city 1. At most 250 people of one
    sex per day of birth.
    """

    def __init__(self, seed: int, block: int = 0) -> None:
        rng = Random(f"{seed}:numbers")
        self._first_phone = rng.randrange(_PHONES) + block * (_PHONES // 2) * _PHONE_STEP
        self._phones = 0
        self._block = block * 250
        self._born: Counter[tuple[date | str, Sex]] = Counter()
        self._start = rng.randrange(500)
        self._area_sum = {a: weighted(a, 0) for a in (HOME, *NEIGHBOURS)}
        self._sequence = [(f"{s:03d}", weighted(f"{s:03d}", 14)) for s in range(1000)]
        self._birth_sum: dict[str, int] = {}

    def id_number(self, area: str, birth: str, sex: Sex) -> str:
        """18-digit ID number of somebody born on ``birth`` (YYYYMMDD) in ``area`` (6 digits)."""
        key = (birth, sex)
        n = self._born[key]
        if n >= 250:
            raise ValueError(f"more than 250 people of one sex born on {birth}: take a smaller scale")
        self._born[key] = n + 1
        birth_sum = self._birth_sum.get(birth)
        if birth_sum is None:
            birth_sum = self._birth_sum[birth] = weighted(birth, 6)
        sequence, share = self._sequence[
            (self._start + int(birth[4:]) + (self._block + n) * _STEP) % 500 * 2 + (sex == "male")
        ]
        return area + birth + sequence + _CHECK[(self._area_sum[area] + birth_sum + share) % 11]

    def phone(self) -> str:
        """11-digit number with a prefix that was never opened."""
        prefix, rest = divmod((self._first_phone + self._phones * _PHONE_STEP) % _PHONES, 10**8)
        self._phones += 1
        return f"{UNOPENED_PREFIXES[prefix]}{rest:08d}"
