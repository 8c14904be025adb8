"""`shouwang pass` with a register behind it: issued, verified, revoked, and known at the gate."""

import json
from collections.abc import Callable

import pytest

from gates.village import COMMUNITY, NOON, SYSTEM, Village
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.config import cli
from shouwang.gates.models import Pass, Revocation

pytestmark = pytest.mark.django_db
AT = NOON.isoformat()


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def tell(*words: object, code: int = 0) -> str:
        assert cli.main(["pass", *map(str, words)]) == code
        said = capsys.readouterr()
        return (said.out or said.err).strip()

    return tell


def test_a_residents_pass_is_issued_once_and_revoked_by_its_code(
    village: Village, told: Callable[..., str]
) -> None:
    issue = ("issue", "--resident", village.people[0].pk, "--json")
    first, again = json.loads(told(*issue)), json.loads(told(*issue))
    assert first["claims"] == again["claims"]
    assert told("verify", first["token"], "--at", AT).startswith("ok, valid")
    answer = json.loads(told("revoke", first["code"], "--area", COMMUNITY, "--reason", "moved", "--json"))
    assert answer["pass_id"] == first["claims"]["pass_id"]
    revoked = json.loads(told("verify", first["token"], "--at", AT, "--json", code=3))
    assert (revoked["result"], revoked["state"], revoked["code"]) == ("ok", "revoked", first["code"])
    with acting(SYSTEM):
        assert str(Revocation.objects.get().pass_id) == first["claims"]["pass_id"]
        assert AuditEntry.objects.filter(verb="revoke_pass", community=COMMUNITY).exists()
    assert json.loads(told(*issue))["code"] != first["code"], "a new one after that"


def test_the_other_kinds_are_entered_too_and_revoked_by_their_id(
    village: Village, told: Callable[..., str]
) -> None:
    supply = (
        "issue",
        "--kind",
        "supply",
        "--area",
        429006000000,
        "--plate",
        "鄂R12345",
        "--holder",
        "惠民超市",
    )
    made = json.loads(told(*supply, "--days", 5, "--json"))
    assert (made["claims"]["area"], made["claims"]["label"]) == (429006000000, "12345")
    responder = (
        "issue",
        "--kind",
        "responder",
        "--area",
        COMMUNITY,
        "--holder",
        "王芳",
        "--purpose",
        "市卫健委",
    )
    assert json.loads(told(*responder, "--json"))["claims"]["label"] == "王*"
    vehicle = ("issue", "--kind", "vehicle", "--household", village.household.pk, "--plate", "鄂R54321")
    assert json.loads(told(*vehicle, "--json"))["claims"]["household"] == village.household.pk
    told("revoke", made["claims"]["pass_id"], "--reason", "no more deliveries")
    assert told("verify", made["token"], "--at", AT, code=3).startswith("ok, revoked")
    with acting(SYSTEM):
        assert Pass.objects.exclude(kind="resident").count() == 3


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["issue", "--resident", "999999"], "does not exist"),
        (["issue", "--kind", "supply", "--area", "429006000000", "--plate", "x", "--holder", "y"], "plate"),
        (["revoke", "KXM4T7", "--reason", "lost"], "no such pass"),
        (["revoke", "018f2c3e-7a4b-7c1d-9e2f-001122334455", "--reason", "lost"], "no such pass"),
    ],
)
def test_what_cannot_be_done_is_said(
    village: Village, told: Callable[..., str], words: list[str], hint: str
) -> None:
    assert hint in told(*words, code=1).lower()
