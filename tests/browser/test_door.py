"""The resident's page in a browser: few taps, no JavaScript needed, small telephones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 800}
SMALL = {"width": 320, "height": 568}
COUNT_TAPS = "window.taps = 0; document.addEventListener('pointerdown', () => window.taps++, true)"


@pytest.fixture
def street(transactional_db: None) -> Any:
    from door.street import build, opened
    from screening.world import inside

    with inside():
        made = build()
        opened()
    return made


def attempts() -> list[Any]:
    from screening.world import inside
    from shouwang.screening.models import Attempt

    with inside():
        return list(Attempt.objects.all())


def temperatures() -> list[str]:
    from screening.world import inside
    from shouwang.screening.models import Reading

    with inside():
        return [
            str(one) for one in Reading.objects.order_by("resident").values_list("temperature", flat=True)
        ]


def opened_page(browser: Browser, live_server: LiveServer, address: str, **context: Any) -> Page:
    page = browser.new_context(locale="zh-CN", **({"viewport": PHONE} | context)).new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(live_server.url + address)
    return page


def test_three_people_are_reported_in_eight_taps(
    browser: Browser, live_server: LiveServer, street: Any
) -> None:
    """One for “nobody has any symptom”, two a temperature, one to send: half a minute has room for twice as many."""
    home = street.homes[0]
    page = opened_page(browser, live_server, street.url(home))
    page.evaluate(COUNT_TAPS)
    page.click("label[for=all]")
    for tenth in (".5", ".7", ".4"):
        page.click(".pad button:text-is('36')")
        page.click(f".pad button:text-is('{tenth}')")
    taps = page.evaluate("window.taps")
    page.click(".send button")
    page.wait_for_url("**/thanks")
    assert taps + 1 <= 8
    assert "收到了，谢谢您" in page.inner_text("main")
    assert temperatures() == ["36.5", "36.7", "36.4"]


def test_without_javascript(browser: Browser, live_server: LiveServer, street: Any) -> None:
    home = street.homes[2]
    page = opened_page(browser, live_server, street.url(home), java_script_enabled=False)
    first, second = home.people
    page.fill(f"#t{first}", "36.6")
    page.fill(f"#t{second}", "3.65")
    page.click(f"label[for=u{second}]")
    assert page.is_visible(f"label[for=s{second}cough]")
    page.click(f"label[for=s{second}cough]")
    page.click(".send button")
    assert page.is_visible(f"#e{second}")
    assert page.input_value(f"#t{first}") == "36.6"
    page.fill(f"#t{second}", "36.5")
    page.click(".send button")
    page.wait_for_url("**/thanks")
    assert temperatures() == ["36.6", "36.5"]
    assert len(attempts()) == 1


def test_large_print_asks_one_thing_a_screen(browser: Browser, live_server: LiveServer, street: Any) -> None:
    home = street.homes[2]
    page = opened_page(browser, live_server, street.url(home), java_script_enabled=False)
    page.click("text=大字版")
    page.click("text=报告今天的情况")
    page.click("text=没有，都没有症状")
    for temperature in ("36.5", "36.8"):
        assert page.locator("main .degrees input").count() == 1
        page.fill(".degrees input", temperature)
        page.click("text=下一题")
    assert "这样对吗" in page.inner_text("h1")
    page.click("text=返回")
    assert page.input_value(".degrees input") == "36.8"
    page.click("text=下一题")
    page.click("text=对，提交")
    page.wait_for_url("**/thanks")
    assert temperatures() == ["36.5", "36.8"]


@pytest.mark.parametrize("large", ["0", "1"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_fits_a_small_telephone(
    browser: Browser, live_server: LiveServer, street: Any, large: str, language: str
) -> None:
    home = street.homes[0]
    page = opened_page(
        browser, live_server, street.url(home, "look") + f"?large={large}&language={language}", viewport=SMALL
    )
    for name in ("", "help", "people", "arrival", "complain", "passes", "asked"):
        page.goto(live_server.url + street.url(home, name))
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], name
        least = page.eval_on_selector_all(
            "main button, main .more a, .all label, .feel > label",
            "found => Math.min(...found.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height))",
        )
        assert least >= 44, name


def test_pressed_twice_it_is_sent_once(browser: Browser, live_server: LiveServer, street: Any) -> None:
    page = opened_page(browser, live_server, street.url(street.homes[1]))
    page.click("label[for=all]")
    page.dblclick(".send button")
    page.wait_for_url("**/thanks")
    page.go_back()
    page.click(".send button")
    page.wait_for_url("**/thanks")
    assert len(attempts()) <= 2
