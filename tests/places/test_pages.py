"""Pages and API of places: who may see and change what, and what a form says to bad input."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.access.enums import Role
from shouwang.access.models import Grant, User
from shouwang.access.wall import acting
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.places import actions
from shouwang.places.models import Area, AreaProfile, Building, Compound, Entrance

CITY, TOWN, HERE, THERE = 429006_000_000, 429006001_000, 429006001_023, 429006002_201
LIST = "code,name\n429006,天门市\n429006001,竟陵街道\n429006001023,新城居委会\n429006002,多宝镇\n429006002201,李村委会"
SYSTEM = Scope.system(reason="test")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree(db: None) -> None:
    with acting(SYSTEM):
        actions.import_divisions(SYSTEM, content=LIST.encode(), file_name="x.csv")


@pytest.fixture
def gate(tree: None) -> Entrance:
    with acting(SYSTEM):
        compound = actions.add_compound(SYSTEM, community=HERE, name="滨江美景湾")
        actions.add_entrance(SYSTEM, community=HERE, name="北门", compound_id=compound.pk)
        return actions.add_entrance(SYSTEM, community=HERE, name="南大门", compound_id=compound.pk)


def sign_in(role: Role, area: int) -> Client:
    user = User.objects.create(
        username=f"u{User.objects.count()}",
        display_name="值班员",
        created_at=timezone.now(),
        language="zh-hans",
    )
    first, last = areas.span(area)
    Grant.objects.create(user=user, role=role, area=area, first=first, last=last, granted_at=timezone.now())
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    device = TOTPDevice.objects.create(user=user, name="phone", confirmed=True)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def test_who_sees_and_who_changes(gate: Entrance) -> None:
    pages = {
        f"/places/{CITY}": (200, 404, 404, 404),
        f"/places/{TOWN}": (200, 200, 404, 404),
        f"/places/{HERE}": (200, 200, 200, 404),
        f"/places/{HERE}/edit": (200, 200, 403, 404),
        f"/places/{HERE}/profile": (200, 200, 403, 404),
        f"/places/{HERE}/compounds/add": (200, 200, 403, 404),
        f"/places/{HERE}/entrances/add": (200, 200, 403, 404),
        f"/places/{TOWN}/add": (200, 200, 404, 404),
        f"/places/{TOWN}/branch": (200, 200, 404, 404),
        f"/places/entrances/{gate.pk}": (200, 200, 200, 404),
        f"/places/compounds/{gate.compound_id}": (200, 200, 200, 404),
        "/places/divisions": (200, 403, 403, 403),
        "/places/": (200, 200, 200, 200),
        "/places/?q=xc": (200, 200, 200, 200),
        "/places/999": (404, 404, 404, 404),
    }
    readers = [
        sign_in(Role.HEADQUARTERS, CITY), sign_in(Role.TOWN, TOWN), sign_in(Role.GATE_KEEPER, HERE),
        sign_in(Role.OFFICE, THERE),
    ]  # fmt: skip
    for page, expected in pages.items():
        assert tuple(reader.get(page).status_code for reader in readers) == expected, page


def test_the_community_page_shows_what_is_there(gate: Entrance) -> None:
    with acting(SYSTEM):
        actions.add_buildings(SYSTEM, compound_id=gate.compound_id, buildings=[("1", 2, 11), ("2", 2, 11)])
    page = sign_in(Role.OFFICE, HERE).get(f"/places/{HERE}").content.decode()
    for word in ("新城居委会", "滨江美景湾", "南大门", "北门", "37.3", "天门市"):
        assert word in page
    town = sign_in(Role.TOWN, TOWN).get(f"/places/{TOWN}").content.decode()
    assert "新城居委会" in town
    assert "李村委会" not in town


def test_an_entrance_is_sealed_in_the_form_and_refused_in_it(gate: Entrance) -> None:
    office = sign_in(Role.OFFICE, HERE)
    address = f"/places/entrances/{gate.pk}"
    assert office.post(address, {"status": "sealed"}).status_code == 422
    assert office.post(address, {"status": "sealed", "reason": "只留一个出入口"}).status_code == 302
    page = office.get(address).content.decode()
    assert "只留一个出入口" in page
    assert "值班员" in page
    with acting(SYSTEM):
        other = Entrance.objects.get(name="北门")
    refused = office.post(f"/places/entrances/{other.pk}", {"status": "sealed", "reason": "封"})
    assert refused.status_code == 422
    assert "救护车" in refused.content.decode()
    assert (
        office.post(f"/places/entrances/{other.pk}", {"status": "emergency", "reason": "急救"}).status_code
        == 302
    )
    assert "只剩应急出口" in office.get(f"/places/entrances/{other.pk}").content.decode()
    keeper = sign_in(Role.GATE_KEEPER, HERE)
    assert keeper.post(address, {"status": "open", "reason": "开"}).status_code == 403


def test_the_forms_of_a_community(gate: Entrance) -> None:
    office = sign_in(Role.OFFICE, HERE)
    added = office.post(
        f"/places/{HERE}/compounds/add", {"names": "书香苑\n\n 锦绣新城 \n书香苑", "kind": "compound"}
    )
    assert added.status_code == 302
    buildings = {"add_buildings": 1, "first": 1, "last": 12, "units": 2, "floors": 18}
    compound = f"/places/compounds/{gate.compound_id}"
    assert office.post(compound, buildings).status_code == 302
    assert office.post(compound, buildings | {"first": 9, "last": 3}).status_code == 422
    assert office.post(compound, {"rename": 1, "name": "书香苑"}).status_code == 422
    assert (
        office.post(f"/places/{HERE}/entrances/add", {"name": "侧门", "status": "sealed"}).status_code == 422
    )
    way = {"name": "侧门", "status": "sealed", "reason": "通告", "compound": gate.compound_id}
    assert office.post(f"/places/{HERE}/entrances/add", way).status_code == 302
    assert office.post(f"/places/{HERE}/entrances/add", way | {"compound": "x"}).status_code == 422
    with acting(SYSTEM):
        assert Compound.objects.count() == 3
        assert Building.objects.count() == 12
        assert Entrance.objects.get(name="侧门").status == "sealed"


def test_names_rules_and_additions_by_form() -> None:
    town = sign_in(Role.TOWN, TOWN)
    for data in (
        {"rename": 1, "name": "新城社区"},
        {"add_alias": 1, "alias": "新城"},
        {"remove_alias": "新城居委会"},
    ):
        assert town.post(f"/places/{HERE}/edit", data).status_code == 302
    area = Area.objects.get(code=HERE)
    assert (area.name, area.aliases) == ("新城社区", ["新城"])
    assert town.post(f"/places/{HERE}/edit", {"rename": 1, "name": " "}).status_code == 422
    added = town.post(f"/places/{TOWN}/add", {"name": "工业园社区", "aliases": "工业园、园区"})
    assert added.headers["Location"] == "/places/429006001901"
    assert Area.objects.get(code=429006001901).aliases == ["工业园", "园区"]
    assert town.post(f"/places/{TOWN}/add", {"name": "新城社区"}).status_code == 422
    assert (
        town.post(f"/places/{HERE}/profile", {"outing_every_days": "4", "mask_required": "no"}).status_code
        == 302
    )
    assert AreaProfile.objects.get(area=HERE).settings == {"outing_every_days": 4, "mask_required": False}
    assert 'value="4"' in town.get(f"/places/{HERE}/profile").content.decode()
    assert town.post(f"/places/{HERE}/profile", {"fever_above": "99"}).status_code == 422
    deadlines = {"fever_take_minutes": 15, "complaint_answer_days": 1, "evening_from_hour": 16}
    assert town.post(f"/places/{HERE}/profile", deadlines).status_code == 302
    assert AreaProfile.objects.get(area=HERE).settings == deadlines
    for wrong in (
        {"fever_take_minutes": "0"}, {"complaint_answer_days": "99"}, {"evening_from_hour": "5"},
        {"day_cutoff_hour": "25"}, {"fever_take_minutes": "bald"},
    ):  # fmt: skip
        assert town.post(f"/places/{HERE}/profile", wrong).status_code == 422
    assert AreaProfile.objects.get(area=HERE).settings == deadlines
    assert town.post(f"/places/{HERE}/use", {"active": "no"}).status_code == 302
    assert town.post(f"/places/{TOWN}/use", {"active": "no"}).status_code == 422
    assert town.get(f"/places/{HERE}/use").status_code == 405


def test_a_list_is_looked_at_before_it_is_loaded() -> None:
    hq = sign_in(Role.HEADQUARTERS, CITY)

    def file(text: str) -> SimpleUploadedFile:
        return SimpleUploadedFile("名单.csv", text.encode("gb18030"))

    more = "代码,名称\n429006001024,西龙居委会\n429006003,杨林街道\n4.29E+11,某村\n"
    for headers in ({}, {"HX-Request": "true"}):
        looked = hq.post("/places/divisions", {"file": file(more)}, headers=headers)
        assert looked.status_code == 200
        assert "西龙居委会" in looked.content.decode()
        assert "4.29E+11" in looked.content.decode()
    assert not Area.objects.filter(code=429006001024).exists()
    loaded = hq.post("/places/divisions", {"file": file(more), "load": "yes"}, headers={"HX-Request": "true"})
    assert loaded.headers["HX-Redirect"] == f"/places/{CITY}"
    assert Area.objects.get(code=429006001024).parent_id == TOWN
    for said, listed in (
        ("没有一行能采用", "代码,名称\n123,某村\n"),
        ("名单里的都已有了", more),
    ):
        assert said in hq.post("/places/divisions", {"file": file(listed)}).content.decode()
    for wrong in ("", "a,b\nc,d\n"):
        assert hq.post("/places/divisions", {"file": file(wrong)}).status_code == 422
    assert hq.post("/places/divisions", {}).status_code == 422


def test_the_api_says_the_same(gate: Entrance) -> None:
    office = sign_in(Role.OFFICE, HERE)
    base = "/api/v1/places"

    def post(path: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
        answer = office.post(base + path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    assert [a["code"] for a in office.get(f"{base}/areas").json()] == [str(HERE)]
    assert office.get(f"{base}/areas?q=xcjwh").json()[0]["parent"] == str(TOWN)
    assert office.get(f"{base}/areas/{TOWN}").status_code == 404
    assert office.get(f"{base}/areas/{HERE}/children").json() == []
    assert [e["name"] for e in office.get(f"{base}/areas/{HERE}/entrances").json()] == ["北门", "南大门"]
    assert post(f"/areas/{HERE}/entrances", {"name": "东门", "status": "open"})[0] == 201
    assert post(f"/areas/{THERE}/entrances", {"name": "东门"})[0] == 403
    assert post(f"/areas/{TOWN}/children", {"name": "某社区"})[0] == 403
    status, answer = post(f"/entrances/{gate.pk}/status", {"status": "sealed", "reason": ""})
    assert (status, answer["code"]) == (422, "reason_empty")
    status, answer = post(f"/entrances/{gate.pk}/status", {"status": "sealed", "reason": "通告"})
    assert (status, answer["status"], answer["compound"]) == (200, "sealed", "滨江美景湾")
    assert post("/entrances/0/status", {"status": "open", "reason": "x"})[0] == 404
    assert post(f"/entrances/{gate.pk}/status", {"status": "ajar", "reason": "x"})[0] == 422


def test_a_page_costs_the_same_with_one_compound_and_with_three(gate: Entrance) -> None:
    office = sign_in(Role.OFFICE, HERE)
    asked = []
    for names in ("", "二\n三"):
        if names:
            office.post(f"/places/{HERE}/compounds/add", {"names": names, "kind": "compound"})
            office.get(f"/places/{HERE}")
        with CaptureQueriesContext(connection) as made:
            office.get(f"/places/{HERE}")
        asked.append(len(made))
    assert asked[0] == asked[1]
