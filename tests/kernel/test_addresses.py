"""Addresses: many spellings, one door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.addresses import Address, address_from_parts, compound_key, read_address
from shouwang.kernel.errors import Refused


@pytest.mark.parametrize(
    ("raw", "compound", "key", "text"),
    [
        ("3栋2单元501", "", "3-2-501", "3栋2单元501"),
        ("3号楼2单元501室", "", "3-2-501", "3栋2单元501"),
        ("3幢2单元501号", "", "3-2-501", "3栋2单元501"),
        ("3-2-501", "", "3-2-501", "3栋2单元501"),
        ("3—2—501", "", "3-2-501", "3栋2单元501"),
        ("3#2-501", "", "3-2-501", "3栋2单元501"),
        ("3/2/501", "", "3-2-501", "3栋2单元501"),
        ("３栋２单元５０１", "", "3-2-501", "3栋2单元501"),
        ("三栋二单元五〇一室", "", "3-2-501", "3栋2单元501"),
        ("三栋二单元五〇一", "", "3-2-501", "3栋2单元501"),
        ("03栋02单元0501", "", "3-2-501", "3栋2单元501"),
        ("3栋 2单元 5楼501", "", "3-2-501", "3栋2单元501"),
        ("3栋2单元501（出租）", "", "3-2-501", "3栋2单元501"),
        ("5栋102", "", "5-102", "5栋102"),
        ("5-102", "", "5-102", "5栋102"),
        ("A栋1201", "", "A-1201", "A栋1201"),
        ("2单元501", "", "2-501", "2单元501"),
        ("滨江美景湾3栋2单元501", "滨江美景湾", "3-2-501", "3栋2单元501"),
        ("滨江美景湾 3-2-501", "滨江美景湾", "3-2-501", "3栋2单元501"),
        ("新城社区滨江美景湾13栋2单元501", "滨江美景湾", "13-2-501", "13栋2单元501"),
        ("湖北省天门市竟陵街道新城社区滨江美景湾3栋2单元501室", "滨江美景湾", "3-2-501", "3栋2单元501"),
        ("阳光100小区5栋102", "阳光100小区", "5-102", "5栋102"),
        ("城市花园3栋501", "城市花园", "3-501", "3栋501"),
        ("三组12号", "", "3-12", "3组12号"),
        ("第三组十二号", "", "3-12", "3组12号"),
        ("3组12", "", "3-12", "3组12号"),
        ("三组 12号", "", "3-12", "3组12号"),
        ("第3村民小组12号", "", "3-12", "3组12号"),
        ("三组十二", "", "3-12", "3组12号"),
        ("双湖村三组12号附1号", "", "3-12-1", "3组12-1号"),
        ("三组", "", "3", "3组"),
        ("李家湾3组12号", "李家湾", "3-12", "3组12号"),
        ("人民大道12号", "人民大道", "12", "12号"),
    ],
)
def test_spellings(raw: str, compound: str, key: str, text: str) -> None:
    found = read_address(raw)
    assert (found.compound, found.key, found.text) == (compound, key, text)


@pytest.mark.parametrize(
    ("raw", "code"),
    [("", "address_empty"), ("  ", "address_empty"), ("新城", "address"), ("？？", "address")],
)
def test_what_names_no_door_is_refused(raw: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_address(raw)
    assert caught.value.code == code
    assert str(caught.value)


def test_names_above_are_stripped_only_where_they_stand() -> None:
    assert read_address("水乡花园3栋501").compound == "水乡花园"
    assert read_address("岳口镇水乡花园3栋501", above=("岳口镇",)).compound == "水乡花园"
    assert read_address("杏花村小区3栋501", above=("杏花村",)).compound == "小区", "a known name is stripped"


parts = st.integers(1, 99).map(str)
rooms = st.integers(101, 3299).map(str)


@given(parts, parts, rooms)
def test_every_spelling_has_one_key(building: str, unit: str, room: str) -> None:
    spellings = (
        f"{building}栋{unit}单元{room}", f"{building}号楼{unit}单元{room}室", f"{building}-{unit}-{room}",
        f"滨江美景湾{building}幢{unit}门{room}",
    )  # fmt: skip
    keys = {read_address(text).key for text in spellings}
    keys.add(address_from_parts(building=f"{building}#", unit=float(unit), room=f"{room}室").key)
    assert keys == {f"{building}-{unit}-{room}"}


@given(
    st.builds(Address, building=parts, unit=parts, room=rooms) | st.builds(Address, group=parts, room=parts)
)
def test_what_is_written_is_read_back(address: Address) -> None:
    assert read_address(address.text) == address


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    try:
        answer = read_address(text).key
    except Refused as refusal:
        answer = str(refusal)
    assert answer


def test_cells_of_their_own() -> None:
    home = Address("滨江美景湾", "", "3", "2", "501")
    assert address_from_parts(compound="滨江美景湾", building=3.0, unit="2单元", room="501室") == home
    assert address_from_parts(compound="滨江美景湾", building="3#", unit=2, room=501.0) == home
    assert address_from_parts(group="第三组", room="12号") == Address(group="3", room="12")
    assert address_from_parts(compound="三组", room=12) == Address(group="3", room="12")
    with pytest.raises(Refused):
        address_from_parts(compound="滨江美景湾")


@pytest.mark.parametrize("name", ["三组", "3组", "第三组", "第3村民小组", "３ 组", "三队"])
def test_a_group_by_any_name(name: str) -> None:
    assert compound_key(name) == "3组"
    assert read_address(f"{name}12号").place == "3组"
