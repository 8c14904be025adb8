"""Addresses inside a community, as rosters write them: ``3栋2单元501``, ``3-2-501``, ``三组12号``, ``5栋102``."""

import re
from dataclasses import dataclass
from functools import lru_cache

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze, with_digits


@dataclass(frozen=True, slots=True)
class Address:
    """A door. `group` is the number of a village group; it and `building` exclude each other; all may be empty.

    `room` is the room of a building or the house number of a group or street.
    """

    compound: str = ""
    group: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""

    @property
    def key(self) -> str:
        """What is the same for every spelling of one door of a compound: ``3-2-501``, ``3-12``."""
        return "-".join(part for part in (self.group or self.building, self.unit, self.room) if part)

    @property
    def text(self) -> str:
        """The one way we write it, without the compound: ``3栋2单元501``, ``3组12号``."""
        if self.group:
            return f"{self.group}组" + (f"{self.room}号" if self.room else "")
        building = f"{self.building}栋" if self.building else ""
        unit = f"{self.unit}单元" if self.unit else ""
        return f"{building}{unit}{self.room}" if building or unit else f"{self.room}号" if self.room else ""

    @property
    def place(self) -> str:
        """The compound or, without one, the village group (``3组``): what `places` keeps as one compound."""
        return self.compound or (f"{self.group}组" if self.group else "")


_DASHES = re.compile(r"[-‐‑‒–—―−~_－]+")
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_OUTER = " ,.;:、,。;:-·"
# What stands above the compound and is stripped even where the caller has not named it. A mere 市, 镇 or 乡 is not:
# it ends too many compounds' names.
_ABOVE = re.compile(
    r"^(?:[一-鿿]{2,3}省(?:[一-鿿]{2,4}市)?(?:[一-鿿]{2,4}[县区](?=[一-鿿]{2}))?)?"
    r"(?:[一-鿿]{1,6}?(?:街道办事处|街道办|街道))?"
    r"(?:[一-鿿]{1,8}?(?:社区居民委员会|社区居委会|社区|村民委员会|村委会|居委会|村(?=第?\d+(?:组|队|小组|村民))))?"
)
_TRAILING_NUMERAL = re.compile(r"(?<=[组队元门栋幢座楼层])([零〇一二三四五六七八九十百]+)$")

_NAMED = r"[A-Z]?\d{1,4}[A-Z]?|[A-Z]|[东南西北中甲乙丙丁]"
_GROUP = re.compile(
    r"(?P<compound>.*?)第?(?P<group>\d{1,3})(?:村民小组|村民组|小组|生产队|队|组)-?"
    r"(?:第?(?P<room>\d{1,4}[A-Z]?(?:-\d{1,3})?)(?:号|户|室)?(?:附(?P<annex>\d+)号?)?)?"
)
_ROOM = r"(?:第?\d{1,2}[楼层])?-?第?(?P<room>[A-Z]?\d{1,5}[A-Z]?)(?:室|号房|号|房|户)?"
_BUILDING = re.compile(
    rf"(?P<compound>.*?)第?(?P<building>{_NAMED})(?:号楼|号栋|#楼|#栋|栋|幢|座|楼|#)-?"
    rf"(?:第?(?P<unit>[A-Z]?\d{{1,3}}|[A-Z甲乙丙丁东西])(?:单元|门|-))?(?:{_ROOM})?"
)
_UNIT = re.compile(rf"(?P<compound>.*?)第?(?P<unit>[A-Z]?\d{{1,3}}|[A-Z甲乙丙丁])(?:单元|门)-?(?:{_ROOM})?")
_THREE = re.compile(
    rf"(?P<compound>.*?)(?P<building>{_NAMED})[-/.](?P<unit>[A-Z]?\d{{1,3}}|[A-Z])[-/.](?P<room>[A-Z]?\d{{1,5}}[A-Z]?)室?"
)
_TWO = re.compile(rf"(?P<compound>.*?)(?P<building>{_NAMED})[-/](?P<room>[A-Z]?\d{{1,5}}[A-Z]?)室?")
_HOUSE = re.compile(
    r"(?P<compound>.*?)第?(?P<room>\d{1,5}[A-Z]?(?:-\d{1,3})?)(?:号|室|户)?(?:附(?P<annex>\d+)号?)?"
)
_PATTERNS = (_GROUP, _BUILDING, _UNIT, _THREE, _TWO, _HOUSE)

_COUNTER = re.compile(r"(?:号楼|号栋|#楼|#栋|栋|幢|座|楼|#|单元|门|室|号房|号|房|户)$")
_GROUP_WORD = re.compile(r"(?:村民小组|村民组|小组|生产队|队|组)$")
_A_GROUP = re.compile(r"\d{1,3}组")
_PART = re.compile(r"[A-Z0-9一-鿿-]{1,12}")


def _plain(part: str | None) -> str:
    """A part without leading zeros: ``03`` is the same building as ``3``."""
    if not part:
        return ""
    return part.lstrip("0") or "0" if part.isdigit() else part


def _tidy(raw: object) -> str:
    text = _BRACKETS.sub("", squeeze(raw)).upper()
    text = _TRAILING_NUMERAL.sub(r"\1号", with_digits(text))
    return _DASHES.sub("-", with_digits(text)).strip(_OUTER)


@lru_cache(maxsize=4096)  # a roster of 20,000 rows names a dozen compounds
def compound_key(name: object) -> str:
    """What two spellings of a compound or group share: ``第三组`` and ``3 组``; ``滨江美景湾小区`` keeps its word."""
    text = re.sub(r"第(?=\d)", "", _tidy(name))
    return _GROUP_WORD.sub("组", text) if text[:1].isdigit() else text


def read_address(raw: object, *, above: tuple[str, ...] = ()) -> Address:
    """Read an address. `above` are names of the community and the areas over it, stripped from its beginning.

    Raises `Refused` if it is empty or names no door.
    """
    text = _tidy(raw)
    if not text:
        raise Refused(
            "address_empty", gettext_noop("The address is empty: write it like 3栋2单元501 or 3组12号.")
        )
    text = _strip_above(text, above)
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return _address(found.groupdict())
    raise Refused(
        "address",
        gettext_noop("The address “%(text)s” is not understood: write it like 3栋2单元501 or 3组12号."),
        text=squeeze(raw)[:60],
    )


def _strip_above(text: str, above: tuple[str, ...]) -> str:
    names = sorted((name for name in map(squeeze, above) if name), key=len, reverse=True)
    stripped = True
    while stripped:
        stripped = False
        for name in names:
            if text.startswith(name) and len(text) > len(name):
                text, stripped = text[len(name) :].lstrip(_OUTER), True
    return _ABOVE.sub("", text, count=1).lstrip(_OUTER) or text


def _address(parts: dict[str, str | None]) -> Address:
    room = _plain(parts.get("room"))
    if room and parts.get("annex"):
        room = f"{room}-{parts['annex']}"
    return Address(
        compound=(parts.get("compound") or "").strip(_OUTER),
        group=_plain(parts.get("group")),
        building=_plain(parts.get("building")),
        unit=_plain(parts.get("unit")),
        room=room,
    )


def address_from_parts(
    *, compound: object = "", group: object = "", building: object = "", unit: object = "", room: object = ""
) -> Address:
    """An address from cells of their own, where ``3``, ``3.0``, ``3栋`` and ``3#`` are the same building.

    Raises `Refused` if a part is not understood or all but the compound are empty.
    """
    named = _BRACKETS.sub("", squeeze(compound)).strip(_OUTER)
    number = _cell(group)
    if not number and _A_GROUP.fullmatch(
        compound_key(named)
    ):  # a village's column of compounds holds its groups
        number, named = _cell(named), ""
    address = Address(
        compound=named,
        group=_checked(_GROUP_WORD.sub("", number.removeprefix("第"))),
        building=_checked(_COUNTER.sub("", _cell(building).removeprefix("第"))),
        unit=_checked(_COUNTER.sub("", _cell(unit).removeprefix("第"))),
        room=_checked(_COUNTER.sub("", _cell(room))),
    )
    if not address.key:
        raise Refused(
            "address_empty", gettext_noop("The address is empty: write it like 3栋2单元501 or 3组12号.")
        )
    return address


def _cell(raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if raw is None else re.sub(r"\.0$", "", _tidy(raw))


def _checked(part: str) -> str:
    if part and not _PART.fullmatch(part):
        raise Refused(
            "address",
            gettext_noop("The address “%(text)s” is not understood: write it like 3栋2单元501 or 3组12号."),
            text=part[:60],
        )
    return _plain(part)
