"""A phone, and somebody who takes what it sends: notes, kept as facts like any other."""

import gzip
import json
import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.db import connection
from django.test import Client

from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.uuid7 import mint
from shouwang.sync import actions
from shouwang.sync.enums import Outcome
from shouwang.sync.rules.records import DUPLICATE, STORED, Answer, DeviceHere, Sent

COMMUNITY, NEIGHBOUR = 429006001023, 429006001024
SYSTEM = Scope.system(reason="tests")
Json = dict[str, Any]


def scope_of(role: Role, community: int = COMMUNITY) -> Scope:
    return Scope(None, str(role), (GrantedRange(community, community, PERMISSIONS[role], role),))


OFFICE = scope_of(Role.OFFICE)


def take_notes(scope: Scope, sent: Sequence[tuple[DeviceHere, Sent]]) -> list[Answer]:
    """Keeps each note as a fact. Stumbles over a note that says how."""
    for _, one in sent:
        match one.body.get("stumble"):
            case "refuse":
                raise Refused("not_here", "Not here.")
            case "break":
                raise KeyError("a fault of ours")
            case "database":
                with connection.cursor() as cursor:
                    cursor.execute("select 1 / 0")
    facts = [
        AuditEntry(
            community=device.community, id=one.id, at=one.made_at, actor_name=one.keeper, verb="note",
            subject_kind="note", subject_id=str(one.body.get("text", ""))[:40], detail={"digest": one.digest.hex()},
        )
        for device, one in sent
    ]  # fmt: skip
    new = actions.add_facts(facts)
    kept = {
        row.id: row.detail["digest"]
        for row in AuditEntry.objects.filter(id__in=[one.id for _, one in sent if one.id not in new])
    }
    return [
        STORED
        if one.id in new
        else DUPLICATE
        if kept[one.id] == one.digest.hex()
        else Answer(Outcome.CONFLICT, "other_content")
        for _, one in sent
    ]


def notes() -> list[AuditEntry]:
    with acting(SYSTEM):
        return list(AuditEntry.objects.filter(verb="note").order_by("at", "id"))


class Phone:
    """One installation of the app: its own numbers, its token, what it was told."""

    def __init__(self, token: str = "", installation: UUID | None = None) -> None:
        self.token, self.installation, self.seq = token, installation or uuid4(), 0

    def note(self, text: str = "", **changes: Any) -> Json:
        self.seq += 1
        now = clock.now()
        made: Json = {
            "id": str(mint(now)),
            "kind": "note",
            "seq": self.seq,
            "made_at": now.isoformat(),
            "clock": now.isoformat(),
            "keeper": "王姐",
            "body": {"text": text},
        }
        return {name: value for name, value in (made | changes).items() if value is not ...}

    def batch(self, records: list[Any], **changes: Any) -> Json:
        now = clock.now().isoformat()
        return {
            "installation": str(self.installation), "app": "1.2.0", "sent_at": now, "unsent": len(records),
            "oldest": now if records else None, "records": records, **changes,
        }  # fmt: skip

    def post(self, path: str, body: bytes, *, packed: bool = False, **headers: str) -> Any:
        said = {"Authorization": f"Device {self.token}"} if self.token else {}
        said |= {"Content-Encoding": "gzip"} if packed else {}
        return Client(raise_request_exception=False).generic(
            "POST", f"/api/v1/sync{path}", body, content_type="application/json", headers=said | headers
        )

    def send(self, records: list[Any], *, packed: bool = True, **changes: Any) -> Any:
        text = json.dumps(self.batch(records, **changes)).encode()
        return self.post("", gzip.compress(text) if packed else text, packed=packed)

    def outcomes(self, records: list[Any], **changes: Any) -> list[str]:
        """What became of each of ``records``."""
        answer = self.send(records, **changes)
        assert answer.status_code == 200, answer.content
        said = orjson.loads(answer.content)["answers"]
        assert [one["id"] for one in said] == [one["id"] for one in records]
        return [one["outcome"] for one in said]


def enrolled(name: str = "东门的手机", community: int = COMMUNITY) -> Phone:
    """A phone with a token, by the way every phone gets one."""
    office = scope_of(Role.OFFICE, community)
    with acting(office):
        code = actions.invite_device(office, community=community, entrance=None, name=name)
    phone = Phone()
    answer = phone.post("/enrol", json.dumps({"code": code, "app": "1.2.0"}).encode())
    assert answer.status_code == 200, answer.content
    phone.token = answer.json()["token"]
    return phone


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of ``acts`` at once, each in its own thread on its own connection; what they answered, in order."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            answers[number] = acts[number]()
        except Exception as error:
            answers[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "somebody waits for ever"
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers
