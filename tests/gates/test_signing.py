"""What is signed is what the register says, short enough for its code, and by a key that may."""

import datetime as dt
from uuid import uuid4

import pytest
import segno

from gates.village import COMMUNITY, NOON, SYSTEM, Village
from shouwang.access.wall import acting
from shouwang.gates.actions import sign_pass, sign_passes
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.queries import trust
from shouwang.gates.rules.labels import label_of
from shouwang.gates.rules.token import verify_token
from shouwang.kernel.errors import Refused

pytestmark = pytest.mark.django_db
TOWN, CITY = 429006001000, 429006000000


def drawn(kind: PassKind, **more: object) -> Pass:
    return Pass(
        community=more.pop("community", COMMUNITY), pass_id=uuid4(), code="KXM4T7", kind=kind, valid_from=NOON,
        valid_until=NOON + dt.timedelta(days=30), issued_at=NOON, **more,
    )  # fmt: skip


def test_a_residents_pass_says_what_the_register_says(village: Village) -> None:
    with acting(SYSTEM):
        held = Pass.objects.get(resident=village.people[0])
        claims = verify_token(sign_pass(held), trust.bundle().by_id())
    assert (claims.pass_id, claims.kind, claims.area) == (held.pass_id, PassKind.RESIDENT, COMMUNITY)
    assert claims.not_before == held.valid_from.timestamp()
    assert claims.expires == held.valid_until.timestamp() - 1
    assert (claims.household, claims.label) == (village.household.pk, "张*")


def test_many_are_signed_with_one_statement(village: Village, django_assert_num_queries: object) -> None:
    with acting(SYSTEM):
        held = list(Pass.objects.order_by("pk"))
        with django_assert_num_queries(1):  # type: ignore[operator]
            texts = sign_passes(held)
    assert [verify_token(text, trust.bundle().by_id()).pass_id for text in texts] == [p.pass_id for p in held]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (PassKind.RESIDENT, {"holder": "尉迟建国", "household_id": 10**9}),
        (PassKind.VEHICLE, {"plate": "鄂RD12345", "household_id": 10**9}),
        (PassKind.VISITOR, {"holder": "欧阳*", "household_id": 10**9}),
        (PassKind.RESPONDER, {"holder": "阿卜杜拉", "area": CITY, "community": CITY}),
        (PassKind.SUPPLY, {"plate": "鄂R·51F9挂", "holder": "惠民超市", "area": TOWN, "community": TOWN}),
        (PassKind.EMERGENCY, {"plate": "鄂R120急救", "area": CITY, "community": CITY}),
    ],
)
def test_every_kind_fits_version_8_at_level_m(kind: PassKind, more: dict) -> None:
    text = sign_pass(drawn(kind, **more))
    assert segno.make(text, error="m", boost_error=False).version <= 8
    claims = verify_token(text, trust.bundle().by_id())
    assert (claims.kind, claims.area) == (kind, more.get("area", COMMUNITY))
    assert claims.household == more.get("household_id", 0)


@pytest.mark.parametrize(
    ("name", "plate", "label"),
    [
        ("张三丰", "", "张*"),
        ("欧阳修", "", "欧阳*"),
        ("欧阳*", "", "欧阳*"),
        ("惠民超市", "鄂RD12345", "12345"),
        ("", "鄂R120急救", "120急救"),
        ("", "挂挂挂挂挂", "挂挂挂挂"),  # 12 bytes, not 15
        ("", "", ""),
    ],
)
def test_a_label_never_is_a_whole_name_nor_a_whole_plate(name: str, plate: str, label: str) -> None:
    assert label_of(name, plate) == label


def test_what_no_key_may_sign_is_refused() -> None:
    far = drawn(PassKind.RESIDENT)
    far.valid_until = NOON.replace(year=2190)
    with pytest.raises(Refused) as refused:
        sign_pass(far)
    assert refused.value.code == "no_signing_key"
