"""Everything at once, by the dice: phones that send, resend, overlap and lose answers, while the server is killed."""

import random
import threading
import time

import pytest

from survival.installation import Installation
from survival.phone import NotSent, Phone

pytestmark = pytest.mark.slow
SECONDS = 16.0
PHONES, KILLS = 5, 3


def live(phone: Phone, dice: random.Random, end: float) -> None:
    """A shift at one gate: somebody comes, something is sent, or goes wrong."""
    while time.monotonic() < end:
        phone.check(dice.choice([1, 1, 2, 5, 40]))
        held, waiting = list(phone.sent.values()), list(phone.waiting.values())
        batch = dice.sample(held, min(len(held), dice.randrange(30))) + waiting[: dice.randrange(1, 200)]
        dice.shuffle(batch)
        try:
            match dice.randrange(6):
                case 0:
                    phone.lose_answer(batch)
                case 1:
                    with phone.line() as line:  # it breaks in the middle
                        request = phone.request(batch)
                        line.sendall(request[: dice.randrange(1, len(request))])
                case 2:
                    time.sleep(dice.random() / 2)  # no network
                case _:
                    phone.send(batch)
        except (NotSent, OSError):
            time.sleep(dice.random() / 5)


@pytest.mark.parametrize("seed", [20200214])
def test_whatever_happens_each_check_is_there_once(installation: Installation, seed: int) -> None:
    """Two of the five share a device, as after the app was installed anew; two share a gate."""
    dice, end = random.Random(seed), time.monotonic() + SECONDS
    gates = installation.place["gates"]
    phones = [Phone(installation, gate=gates[n % 4]) for n in range(PHONES - 1)]
    phones.append(Phone(installation, gate=gates[0], token=phones[0].token))
    shifts = [
        threading.Thread(target=live, args=[phone, random.Random(dice.random()), end]) for phone in phones
    ]
    for shift in shifts:
        shift.start()
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.5, 1.5) * SECONDS / KILLS / 3)
        installation.kill()
        installation.start()
    for shift in shifts:
        shift.join()
    for phone in phones:
        phone.check()
        phone.drain()
        phone.all_is_there_once()
    assert sum(phone.outcomes.count("duplicate") for phone in phones) > 0, "nothing was sent twice"
    installation.figures_are_right()
    installation.temperatures_are_counted_once()
    assert installation.rows("select count(*) from sync_quarantined") == [(0,)]
