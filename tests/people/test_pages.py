"""The pages of people: who sees them, what stands masked, and a roster carried through them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from people.town import COMMUNITY, HEADINGS, NEIGHBOUR, id_number, load, settled, xlsx
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
from shouwang.people.models import Household, Resident, RosterImport

SignIn = Callable[..., Client]
SYSTEM = Scope.system(reason="tests")
FAMILY = (
    ("张三", "户主", id_number(1), "13812345678", "滨江美景湾3栋2单元501", "糖尿病"),
    ("李四", "配偶", id_number(2, "19820203"), "13912345678", "", ""),
)
BROKEN = ("周六", "户主", 4.29006e17, "", "滨江美景湾1栋1单元101", "")


@pytest.fixture
def home(db: None) -> Household:
    with settled():
        load(xlsx(HEADINGS, *FAMILY))
        return Household.objects.get()


@pytest.fixture
def places(db: None) -> None:
    with settled():
        pass


def file(*rows: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("名册.xlsx", xlsx(HEADINGS, *rows))


def audited(verb: str) -> int:
    with acting(SYSTEM):
        return AuditEntry.objects.filter(verb=verb).count()


def test_a_roster_goes_from_upload_to_result(places: None, signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICE)
    preview = client.post(
        reverse("people:import", args=[COMMUNITY]), {"file": file(*FAMILY, BROKEN)}, follow=True
    )
    assert "Load 2 people" in preview.text
    assert "lost its last digits" in preview.text
    assert "滨江美景湾" in preview.text
    assert "13812345678" not in preview.text
    assert id_number(1) not in preview.text
    with acting(SYSTEM):
        assert Resident.objects.count() == 0
        pk = RosterImport.objects.get().pk
    result = client.post(reverse("people:import_load", args=[pk]), follow=True)
    assert "Loaded: 2 new, 0 changed, 0 as before, 1 came back." in result.text
    rejects = client.get(reverse("people:import_rejects", args=[pk]))
    sheet = load_workbook(BytesIO(rejects.content)).active
    assert [cell.value for cell in sheet[1]][-2:] == ["Row of the file", "Reason"]
    assert sheet["A2"].value == "周六"
    assert "Exported by" in sheet.oddFooter.center.text
    assert audited("export") == 1
    again = client.post(reverse("people:import", args=[COMMUNITY]), {"file": file(*FAMILY)}, follow=True)
    assert "Nothing to load" in again.text


def test_what_changed_is_shown_before_and_after(home: Household, signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICE)
    changed = (*FAMILY[0][:3], "13800009999", *FAMILY[0][4:])
    preview = client.post(reverse("people:import", args=[COMMUNITY]), {"file": file(changed)}, follow=True)
    for page in (preview, client.post(preview.request["PATH_INFO"] + "/load", follow=True)):
        assert "138****5678" in page.text
        assert "138****9999" in page.text


def test_a_file_without_names_is_refused_on_the_form(places: None, signed_in: SignIn) -> None:
    page = signed_in(Role.OFFICE).post(
        reverse("people:import", args=[COMMUNITY]), {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")}
    )
    assert page.status_code == 422
    assert "No heading for names was found" in page.text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "There are headings, but no people below them."),
        ([BROKEN], "No row could be read. The reasons stand below."),
    ],
)
def test_a_roster_without_a_person_says_why(
    places: None, signed_in: SignIn, rows: list[Any], said: str
) -> None:
    preview = signed_in(Role.OFFICE).post(
        reverse("people:import", args=[COMMUNITY]), {"file": file(*rows)}, follow=True
    )
    assert said in preview.text
    assert "on the roster already" not in preview.text
    assert "The others can be loaded now" not in preview.text


def test_an_upload_can_be_thrown_away(places: None, signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICE)
    client.post(reverse("people:import", args=[COMMUNITY]), {"file": file(*FAMILY)})
    with acting(SYSTEM):
        pk = RosterImport.objects.get().pk
    client.post(reverse("people:import_discard", args=[pk]))
    with acting(SYSTEM):
        assert RosterImport.objects.get().content is None


def test_a_household_shows_its_people_and_masks_their_numbers(home: Household, signed_in: SignIn) -> None:
    page = signed_in(Role.CALLER).get(reverse("people:household", args=[home.pk])).text
    for shown in ("张三", "李四", "138****5678", id_number(1)[-4:], "糖尿病", "3栋2单元501"):
        assert shown in page
    assert "13812345678" not in page
    assert id_number(1) not in page


@pytest.mark.parametrize("htmx", [True, False])
def test_a_number_is_shown_on_record(home: Household, signed_in: SignIn, htmx: bool) -> None:
    with acting(SYSTEM):
        zhang = Resident.objects.get(name="张三").pk
    headers = {"HX-Request": "true"} if htmx else {}
    client = signed_in(Role.OFFICE)
    for number, (field, plain) in enumerate((("phone", "13812345678"), ("id_number", id_number(1))), start=1):
        answer = client.post(reverse("people:reveal", args=[zhang]), {"field": field}, headers=headers)
        assert plain in answer.text
        assert "no-store" in answer["Cache-Control"]
        assert audited("reveal") == number


@pytest.mark.parametrize(
    ("role", "field", "status"),
    [
        (Role.OFFICE, "remarks", 404),
        (Role.OFFICE, "", 404),
        (Role.GATE_KEEPER, "phone", 403),
        (Role.REPORTER, "phone", 403),
    ],
)
def test_nothing_else_is_shown(
    home: Household, signed_in: SignIn, role: Role, field: str, status: int
) -> None:
    with acting(SYSTEM):
        zhang = Resident.objects.get(name="张三").pk
    assert (
        signed_in(role).post(reverse("people:reveal", args=[zhang]), {"field": field}).status_code == status
    )
    assert audited("reveal") == 0


def test_the_neighbour_gets_nothing(home: Household, signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICE, NEIGHBOUR)
    with acting(SYSTEM):
        zhang, upload = Resident.objects.get(name="张三").pk, RosterImport.objects.get().pk
    assert client.get(reverse("people:household", args=[home.pk])).status_code == 404
    assert client.post(reverse("people:reveal", args=[zhang]), {"field": "phone"}).status_code == 404
    for name in ("index", "summary", "households", "import"):
        assert client.get(reverse(f"people:{name}", args=[COMMUNITY])).status_code == 404
    for name in ("import_detail", "import_rejects"):
        assert client.get(reverse(f"people:{name}", args=[upload])).status_code == 404
    for name in ("import_load", "import_discard"):
        assert client.post(reverse(f"people:{name}", args=[upload])).status_code == 404
    assert "张三" not in client.get(reverse("people:search"), {"q": "张三"}).text.replace('value="张三"', "")


SEEN: dict[Role, dict[str, int]] = {
    Role.OFFICE: {
        "search": 200,
        "index": 200,
        "summary": 200,
        "households": 200,
        "import": 200,
        "household": 200,
    },
    Role.CALLER: {
        "search": 200,
        "index": 200,
        "summary": 200,
        "households": 200,
        "import": 403,
        "household": 200,
    },
    Role.TOWN: {
        "search": 200,
        "index": 200,
        "summary": 200,
        "households": 200,
        "import": 403,
        "household": 200,
    },
    Role.HEADQUARTERS: {
        "search": 200,
        "index": 200,
        "summary": 200,
        "households": 200,
        "import": 403,
        "household": 200,
    },
    Role.REPORTER: {
        "search": 403,
        "index": 403,
        "summary": 200,
        "households": 403,
        "import": 403,
        "household": 403,
    },
    Role.GATE_KEEPER: {
        "search": 403,
        "index": 403,
        "summary": 200,
        "households": 403,
        "import": 403,
        "household": 403,
    },
    Role.ADMINISTRATOR: {
        "search": 403,
        "index": 403,
        "summary": 200,
        "households": 403,
        "import": 403,
        "household": 403,
    },
}


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_which_page(home: Household, signed_in: SignIn, role: Role) -> None:
    client = signed_in(role)
    where = {"search": [], "household": [home.pk]}
    answers = {
        name: client.get(reverse(f"people:{name}", args=where.get(name, [COMMUNITY]))).status_code
        for name in SEEN[role]
    }
    assert answers == SEEN[role]


def test_upper_levels_see_the_sum(home: Household, signed_in: SignIn) -> None:
    page = signed_in(Role.HEADQUARTERS).get(reverse("people:index", args=[429006000000])).text
    assert "竟陵街道" in page
    assert reverse("people:index", args=[429006001000]) in page


def test_searching_leads_to_the_household(home: Household, signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICE)
    for text in ("zs", "5678", "3栋2单元501", "13812345678"):
        page = client.get(reverse("people:search"), {"q": text, "area": COMMUNITY}).text
        assert reverse("people:household", args=[home.pk]) in page, text
    assert "Nobody found" in client.get(reverse("people:search"), {"q": "王"}).text


def test_pages_ask_no_more_for_more_people(
    places: None, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    with settled():
        rows = [
            (f"王{chr(0x4E00 + n)}", "", "", "", f"滨江美景湾{n % 9 + 1}栋{n + 101}", "") for n in range(120)
        ]
        load(xlsx(HEADINGS, *rows))
    client = signed_in(Role.OFFICE)
    for name, args, data in (
        ("search", [], {"q": "王"}),
        ("index", [COMMUNITY], {}),
        ("households", [COMMUNITY], {}),
        ("summary", [COMMUNITY], {}),
    ):
        with django_assert_max_num_queries(26):
            assert client.get(reverse(f"people:{name}", args=args), data).status_code == 200
