"""The server is put back to an older copy of itself. What phones still hold comes back, once."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from survival.installation import COMMUNITY, Installation
from survival.phone import NotSent, Phone, count_of

pytestmark = pytest.mark.slow
REVOKE = """
import django
django.setup()
from shouwang.access.wall import acting
from shouwang.gates.actions import revoke_pass
from shouwang.gates.models import Pass
from shouwang.kernel.scope import Scope
system = Scope.system(reason="tests")
with acting(system):
    revoke_pass(system, pass_id=Pass.objects.get(pass_id="{pass_id}").pk, reason="lost")
"""
INVITE = """
import django
django.setup()
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
from shouwang.sync.actions import invite_device
system = Scope.system(reason="tests")
with acting(system):
    print(invite_device(system, community={community}, entrance=None, name="新手机"))
"""


class Copy:
    """Of the database, made and put back as the operator's guide says: with everything stopped."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self.installation, self.folder = installation, folder / "cluster"
        self._between(installation.database.cluster, self.folder)

    def put_back(self) -> None:
        self._between(self.folder, self.installation.database.cluster)

    def _between(self, source: Path, target: Path) -> None:
        self.installation.kill()
        self.installation.database.release()
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(["cp", "-a", str(source), str(target)], check=True)
        self.installation.database.hold()
        self.installation.start()


def said(installation: Installation, path: str, body: Any, token: str = "") -> Any:
    """What the door answers to ``body``."""
    phone = Phone(installation, token=token or "-")
    text = json.dumps(body).encode()
    with phone.line() as line:
        line.sendall(
            f"POST /api/v1/sync{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Authorization: Device {token}\r\nContent-Length: {len(text)}\r\n\r\n".encode()
            + text
        )
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    return json.loads(answer.split(b"\r\n\r\n", 1)[1])


def enrol(installation: Installation, phone: Phone) -> None:
    """By the way every phone is enrolled; its database stays."""
    code = installation.run("-c", INVITE.format(community=COMMUNITY)).strip()
    asked = {"code": code, "app": "1.2.0", "installation": str(phone.installation)}
    phone.token = said(installation, "/enrol", asked)["token"]


def test_an_older_copy_is_put_back(installation: Installation, tmp_path: Path) -> None:
    """One phone goes on working; one has nothing new to send; one no longer has all that it sent."""
    working, resting, forgetful = phones = [Phone(installation) for _ in range(3)]
    for phone in phones:
        phone.check(40)
        phone.send()
    copy = Copy(installation, tmp_path)
    for phone in phones:
        phone.check(600 if phone is working else 30)
        phone.drain()
    assert all(not phone.waiting for phone in phones)
    copy.put_back()
    assert [count_of(phone) for phone in phones] == [40, 40, 40]
    working.check(1)
    forgetful.sent.pop(45)  # it is older than the seven days
    for phone in phones:
        phone.send()  # with nothing new this is how the phone says that it is there
        phone.drain()
    working.all_is_there_once()
    resting.all_is_there_once()
    assert count_of(forgetful) == 69
    seen = installation.rows(
        "select seen from sync_sequence where installation = %s", [forgetful.installation]
    )
    assert seen == [([1, 44, 46, 70],)]  # the office sees the gap
    installation.temperatures_are_counted_once()


def test_a_phone_enrolled_after_the_copy_is_enrolled_again(
    installation: Installation, tmp_path: Path
) -> None:
    copy = Copy(installation, tmp_path)
    phone = Phone(installation, token="-")
    enrol(installation, phone)
    phone.check(30)
    assert phone.send() == ["stored"] * 30
    copy.put_back()
    phone.check(2)
    with pytest.raises(NotSent) as turned:
        phone.send()
    assert turned.value.status == 401  # it stops, and keeps all it has
    enrol(installation, phone)
    phone.drain()
    phone.all_is_there_once()


def test_what_phones_know_does_not_go_back(installation: Installation, tmp_path: Path) -> None:
    """The keys stay; a revocation that the server has forgotten stays with phones; one made after comes to them too."""
    phone = Phone(installation)

    def pack(have: dict[str, str]) -> Any:
        return said(installation, "/pack", {"have": have}, phone.token)["parts"]

    before, copy = pack({}), Copy(installation, tmp_path)
    first, second = (installation.place["passes"][n][0] for n in (0, 1))
    installation.run("-c", REVOKE.format(pass_id=first))
    have = {name: part["version"] for name, part in before.items()}
    (name,) = revoked = pack(have)
    assert name == "revoked"
    have |= {"revoked": revoked["revoked"]["version"]}
    copy.put_back()
    installation.run("-c", REVOKE.format(pass_id=second))
    after = pack(have)
    assert "trust" not in after  # the keys are files beside the database: the same bundle
    assert int(after["revoked"]["version"].split(".")[0]) > int(have["revoked"].split(".")[0])
    assert after["revoked"]["since"] is None  # whole; openRevoked adds it to what the phone knows
