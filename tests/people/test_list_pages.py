"""The pages of lists from above: who sees which, and that a line is closed where it is shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from access.people import COUNTY
from people.town import COMMUNITY, HEADINGS, NEIGHBOUR, id_number, load, settled, sign_in, xlsx
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
from shouwang.people.models import ListLine, Resident, ReturneeList

pytestmark = pytest.mark.django_db
SYSTEM = Scope.system(reason="tests")
HEAD = ("姓名", "证件号码", "联系电话", "来源地", "抵达时间", "目的地")
ROWS = (
    ("王建国", id_number(1), "", "武汉", "1月22日", "新城社区"),
    ("王建军", "", "13812340001", "武汉", "前几天", "新城社区"),
    ("殷晓梅", "", "15927660314", "武汉", "1月22日", ""),
)


@pytest.fixture(autouse=True)
def town() -> None:
    with settled():
        load(xlsx(HEADINGS, ("王建国", "户主", id_number(1), "13812340001", "3栋2单元501", "")))


def upload(client: Client, area: int) -> str:
    file = SimpleUploadedFile("名单.xlsx", xlsx(HEAD, *ROWS))
    sent = client.post(reverse("people:lists", args=[area]), {"file": file, "agency": "市公安局"})
    assert sent.status_code == 302
    return str(sent.url)


def line(name: str) -> ListLine:
    from shouwang.people.queries.lines import told_of

    with acting(SYSTEM):
        return next(one for one in ListLine.objects.order_by("id") if told_of(one).name == name)


def test_a_list_is_looked_at_loaded_and_closed_line_by_line() -> None:
    hq, office = sign_in(Role.HEADQUARTERS), sign_in(Role.OFFICE)
    page = upload(hq, COUNTY)
    preview = hq.get(page).content.decode()
    assert "Load 3 lines" in preview
    assert "the day of arrival cannot be read" in preview
    assert id_number(1) not in preview
    with acting(SYSTEM):
        assert not ListLine.objects.exists()
        found = ReturneeList.objects.get()
    assert hq.post(reverse("people:load_list", args=[found.pk])).status_code == 302
    shown = hq.get(page).content.decode()
    assert "殷晓梅" in shown
    assert "of no community yet" in shown
    assert id_number(1) not in shown
    assert "13812340001" not in shown

    here = reverse("people:lines", args=[COMMUNITY])
    mine = office.get(here).content.decode()
    assert "王建军" in mine
    assert "Is it she?" in mine
    assert "殷晓梅" not in mine
    back = {"back": here}
    refused = office.post(
        reverse("people:settle_line", args=[line("王建军").pk]), back | {"state": "not_here"}, follow=True
    )
    assert "Write down how it is known" in refused.content.decode()
    with acting(SYSTEM):
        resident = Resident.objects.get()
    office.post(
        reverse("people:settle_line", args=[line("王建军").pk]),
        back | {"state": "found", "resident": resident.pk},
    )
    assert line("王建军").state == "found"
    handed = hq.post(
        reverse("people:hand_on_line", args=[line("殷晓梅").pk]),
        {"to": "新城北社区", "back": page},
        follow=True,
    )
    assert "Handed on to 新城北社区" in handed.content.decode()
    assert line("殷晓梅").community == NEIGHBOUR
    assert office.get(here + "?state=found").content.decode().count("<h2>") >= 2


def test_the_office_sees_neither_the_citys_list_nor_a_neighbours_line() -> None:
    hq, office = sign_in(Role.HEADQUARTERS), sign_in(Role.OFFICE)
    page = upload(hq, COUNTY)
    assert office.get(page).status_code == 404
    assert office.get(reverse("people:lines", args=[NEIGHBOUR])).status_code == 404
    assert sign_in(Role.REPORTER).get(reverse("people:lists", args=[COMMUNITY])).status_code == 403


def test_a_list_without_headings_is_refused_on_its_form() -> None:
    file = SimpleUploadedFile("通知.xlsx", xlsx(("请各社区核实",)))
    sent = sign_in(Role.OFFICE).post(reverse("people:lists", args=[COMMUNITY]), {"file": file})
    assert sent.status_code == 422
    assert "No heading for names" in sent.content.decode()


def test_the_page_of_people_says_what_is_missed_and_when_nothing_is() -> None:
    office = sign_in(Role.OFFICE)
    index = reverse("people:index", args=[COMMUNITY])
    assert "None missed" in office.get(index).content.decode()
    page = upload(office, COMMUNITY)
    office.post(page + "/load")
    assert "Not yet: none missed" in office.get(index).content.decode()


def test_going_back_goes_nowhere_else() -> None:
    office = sign_in(Role.OFFICE)
    office.post(upload(office, COMMUNITY) + "/load")
    for back in ("https://example.org/", "//example.org/"):
        sent = office.post(
            reverse("people:settle_line", args=[line("殷晓梅").pk]),
            {"state": "not_here", "proof": "查无此人，问过组长", "back": back},
        )
        assert sent.url == reverse("people:search")
