"""The pictures of the guides and of the README, taken in the demo town: ``make docs-screenshots``.

    scripts/screenshots.py                      starts a demo of its own and takes them all
    scripts/screenshots.py --url http://…:8000  uses a demo that runs already
    scripts/screenshots.py gate gate-answer     only these

Each picture is taken in Chinese and in English, by somebody of the role it is for.
"""

import argparse
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from demo_phones import enrol_phones, fill_invitation
from demo_server import demo
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from shouwang.demo.cast import SEED
from shouwang.demo.invented.rosters import first_file
from shouwang.demo.invented.settlements import TWIN_LAKES, settlements

ROOT = Path(__file__).resolve().parents[1]
GUIDE, DOCS = ROOT / "docs" / "guide" / "img", ROOT / "docs" / "img"
PHONE, DESK = 390, 1280
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
XINCHENG, CITY = 429006001023, 429006000000
PLAYERS = {
    "headquarters": "demo-hq",
    "town": "demo-town-xincheng",
    "office": "demo-office-xincheng",
    "gate_keeper": "demo-gate-xincheng-1",
    "caller": "demo-caller-xincheng-1",
    "reporter": "demo-reporter-xincheng",
    "administrator": "demo-admin",
    "": "",
}
Step = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks at which address, how wide, what is done before it is taken."""

    name: str
    player: str
    path: str
    width: int = DESK
    height: int = 800
    steps: tuple[Step, ...] = ()
    folder: Path = GUIDE
    emergency: bool = False
    """With the emergency that waits in the demo, which stands at the head of every page until somebody takes it."""


def click(selector: str) -> Step:
    def step(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return step


def fill(selector: str, text: str) -> Step:
    return lambda page: page.locator(selector).first.fill(text)


def search(text: str) -> Step:
    def step(page: Page) -> None:
        page.locator("#gate_q").fill(text)
        page.keyboard.press("Enter")
        page.wait_for_selector(".gate-form, .gate-people, .empty")

    return step


first_person = click(".gate-people a")


def check(degrees: str, direction: str) -> Step:
    """Fill in a check at the gate and press the direction."""

    def step(page: Page) -> None:
        page.locator("[name=temperature]").fill(degrees)
        page.locator("[name=masked][value=yes]").check()
        page.locator(f"[name=direction][value={direction}]").click()
        page.wait_for_selector("[data-verdict]")

    return step


def upload_divisions(page: Page) -> None:
    """The town's own list with one place more, looked at before it is loaded."""
    listed = (ROOT / "src/shouwang/demo/data/tianmen_429006_villages_2019.csv").read_text(
        encoding="utf-8-sig"
    )
    first, *rows = listed.splitlines()
    added = rows[0].replace(rows[0].split(",")[0], "429006001099", 1)
    page.set_input_files(
        "input[type=file]",
        {"name": "区划名单.csv", "mimeType": "text/csv", "buffer": "\n".join([first, added, *rows]).encode()},
    )
    page.locator("form[enctype] button").first.click()
    page.wait_for_load_state("networkidle")


def upload_roster(page: Page) -> None:
    """The village's first file, as hasty people wrote it, looked at before it is loaded."""
    village = next(one for one in settlements(SEED) if one.code == TWIN_LAKES)
    roster = first_file(village, SEED)
    page.set_input_files(
        "input[type=file]",
        {
            "name": f"{roster.file_name}.xlsx",
            "mimeType": "application/vnd.ms-excel",
            "buffer": roster.content,
        },
    )
    page.locator("form[enctype] button").first.click()
    page.wait_for_url("**/imports/**")


def invite(page: Page) -> None:
    fill_invitation(page, "备用机")


def poster(page: Page) -> None:
    page.goto(f"{page.url.split('?')[0]}/poster")


first_gate = click("main a.btn-large[href*='/gates/gate/']")

NORMAL = (click("[data-whole='36']"), click("[data-tenth='5']"))
FEVER = check("37.8", "in")
to_person = (first_gate, search("lw"), first_person)

held_form = "details:has(.hold-form) > summary"
to_held = (click("tbody a"), lambda page: page.wait_for_selector(held_form).click())

RIVERSIDE = click("main a[href*='compound=']:has-text('滨江美景湾')")

SHOTS = (
    Shot("demo", "", "/demo/", height=900, folder=DOCS),
    Shot("login", "", "/accounts/login/", width=PHONE, height=844),
    Shot("enrol", "town", "/accounts/second-factor/set-up/"),
    Shot("users", "administrator", "/accounts/users/"),
    Shot("audit", "administrator", "/accounts/audit/"),
    Shot("community", "office", f"/places/{XINCHENG}"),
    Shot("entrance", "office", f"/places/{XINCHENG}", steps=(click("main a[href*='/places/entrances/']"),)),
    Shot("roster-preview", "demo-office-shuanghu", f"/people/{TWIN_LAKES}/import", steps=(upload_roster,)),
    Shot("search", "office", "/people/?q=lw"),
    Shot("household", "office", "/people/?q=lw", steps=(click("tbody a"),)),
    Shot("round", "office", f"/screening/{XINCHENG}", height=1000, steps=(RIVERSIDE,)),
    Shot("round-board", "office", f"/screening/{XINCHENG}", height=1000, steps=(RIVERSIDE,), folder=DOCS),
    Shot("not-reached", "caller", f"/screening/{XINCHENG}", PHONE, 844, (click("main a[href*='/not-reached']"),)),
    Shot("record", "caller", f"/screening/{XINCHENG}", PHONE, 844, (click("main a[href*='/household/']"),)),
    Shot("fevers", "headquarters", f"/screening/{CITY}/fevers"),
    Shot("divisions", "headquarters", "/places/divisions", steps=(upload_divisions,)),
    Shot("today-city", "headquarters", f"/today/{CITY}", height=1000),
    Shot("today-community", "office", f"/today/{XINCHENG}", height=1000),
    Shot("report", "headquarters", f"/report/{CITY}", height=1000),
    Shot("gate", "gate_keeper", f"/gates/{XINCHENG}", PHONE, 844, (*to_person, *NORMAL)),
    Shot("gate-answer", "gate_keeper", f"/gates/{XINCHENG}", PHONE, 844, (*to_person, FEVER)),
    Shot("checks", "office", f"/gates/{XINCHENG}/checks"),
    Shot("visitor", "gate_keeper", f"/gates/{XINCHENG}", PHONE, 844, (first_gate, click("main a[href$='/visitor']"))),
    Shot("visitors", "office", f"/gates/{XINCHENG}/visitors"),
    Shot("vehicles", "office", f"/gates/{XINCHENG}/vehicles"),
    Shot("emergency", "office", f"/gates/{XINCHENG}", emergency=True),
    Shot("emergencies", "office", f"/gates/{XINCHENG}/emergencies", emergency=True),
    Shot("returnees", "office", f"/people/{XINCHENG}/returnees"),
    Shot("hold", "office", "/people/?q=黄良林", steps=to_held),
    Shot("duty-phone", "office", f"/places/{XINCHENG}/phone"),
    Shot("devices", "office", f"/gates/{XINCHENG}/devices", height=900, steps=(enrol_phones,)),
    Shot("invite", "office", f"/gates/{XINCHENG}/devices", steps=(invite,)),
    Shot("passes", "office", f"/gates/{XINCHENG}/passes"),
    Shot("pass-household", "office", f"/gates/{XINCHENG}/passes/new?q=lw", height=900, steps=(click("tbody a"),)),
    Shot("pass-compounds", "office", f"/gates/{XINCHENG}/passes/compounds"),
    Shot("pass-cards", "office", f"/gates/{XINCHENG}/passes/print?compound=1", height=900),
    Shot("door-cards", "office", f"/gates/{XINCHENG}/passes/doors?compound=1", height=900),
    Shot("poster", "gate_keeper", f"/gates/{XINCHENG}", height=900, steps=(first_gate, poster)),
    Shot("pass-lost", "office", f"/gates/{XINCHENG}/passes?kind=vehicle", steps=(click("tbody a"),)),
)  # fmt: skip


def take(browser: Browser, url: str, shot: Shot, language: str) -> Path:
    """Take one picture. A page that answers with an error, or says one on the console, is not a picture."""
    context = browser.new_context(
        base_url=url,
        locale=LANGUAGES[language],
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=2 if shot.width == PHONE else 1.5,
        has_touch=shot.width == PHONE,
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        said: list[str] = []
        if not shot.emergency:
            page.route("**/gates/emergencies/waiting", lambda route: route.fulfill(body=""))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        if player := PLAYERS.get(shot.player, shot.player):
            page.goto("/demo/")
            page.locator(f"button[name=player][value='{player}']").click()
        answer = page.goto(shot.path)
        if answer is None or answer.status >= 400:
            raise SystemExit(f"{shot.name}: {shot.path} answers {answer and answer.status}")
        for step in shot.steps:
            step(page)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)  # charts draw themselves
        picture = page.screenshot()
        if said:
            raise SystemExit(f"{shot.name} ({language}) says on the console: {said[0]}")
    finally:
        context.close()
    return save(picture, shot.folder / f"{shot.name}-{language}.png")


def save(picture: bytes, path: Path) -> Path:
    """Write it with 256 colours: a page is mostly flat, and a third of the bytes is enough."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise SystemExit("Chromium is missing. On Debian: apt-get install chromium")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="take only these")
    parser.add_argument("--url", help="a demo that runs already")
    options = parser.parse_args()
    if unknown := set(options.names) - {shot.name for shot in SHOTS}:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    wanted = [shot for shot in SHOTS if not options.names or shot.name in options.names]

    def shoot(url: str) -> None:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for shot in wanted:
                for language in LANGUAGES:
                    path = take(browser, url, shot, language)
                    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB", flush=True)

    if options.url:
        shoot(options.url)
    else:
        with demo() as url:
            shoot(url)


if __name__ == "__main__":
    main()
