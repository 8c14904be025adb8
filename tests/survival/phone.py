"""A phone at a gate, on a real line: what it made, what it was told is held, and what is still to be sent."""

from __future__ import annotations

import datetime as dt
import gzip
import http.client
import json
import random
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from shouwang.kernel.uuid7 import mint
from survival.installation import COMMUNITY, PATIENCE, Installation, until

Json = dict[str, Any]
HELD = {"stored", "duplicate"}


class NotSent(Exception):
    """No answer, or none that says that the records are held. ``status`` 0: nothing came."""

    def __init__(self, status: int, retry_after: float = 0) -> None:
        super().__init__(status)
        self.status, self.retry_after = status, retry_after


@dataclass
class Phone:
    """It keeps what it sent, as the Field app does, and lets go of nothing unless it is told that it is held."""

    place: Installation
    token: str = ""
    gate: int = 0
    installation: UUID = field(default_factory=uuid4)
    made: dict[str, Json] = field(default_factory=dict)
    waiting: dict[int, Json] = field(default_factory=dict)
    sent: dict[int, Json] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.token = self.token or next(self.place.tokens)
        self.gate = self.gate or self.place.place["gates"][0]

    def check(self, count: int = 1) -> list[Json]:
        """So many people pass the gate; now and then one with a fever, or without a pass."""
        return [self._check(len(self.made) + 1) for _ in range(count)]

    def _check(self, seq: int) -> Json:
        now = dt.datetime.now(dt.UTC)
        pass_id, household = self.place.place["passes"][seq % len(self.place.place["passes"])]
        fever = seq % 50 == 7
        record = {
            "id": str(mint(now)), "kind": "check", "seq": seq, "made_at": now.isoformat(), "clock": now.isoformat(),
            "keeper": "王姐",
            "body": {
                "entrance": self.gate, "direction": "out" if seq % 2 else "in",
                "pass": {"id": pass_id, "kind": "resident", "community": COMMUNITY, "household": household}
                if seq % 5 else None,
                "temperature": "38.2" if fever else f"36.{seq % 10}", "masked": True, "emergency": False, "plate": "",
                "vehicle": None, "visit": None, "remarks": f"{str(self.installation)[:8]} {seq}",
                "verdict": "red" if fever else "green", "reason": "fever" if fever else "ok", "corrects": None,
            },
        }  # fmt: skip
        self.made[record["id"]] = self.waiting[seq] = record
        return record

    # -- sending ----------------------------------------------------------------------------------------------

    def request(self, records: Sequence[Json], *, packed: bool = True) -> bytes:
        """The bytes of a batch on the line."""
        now = dt.datetime.now(dt.UTC).isoformat()
        body = json.dumps(
            {"installation": str(self.installation), "app": "1.2.0", "sent_at": now, "unsent": len(self.waiting),
             "oldest": now, "held": max(self.sent, default=0), "records": list(records)}
        ).encode()  # fmt: skip
        if packed:
            body = gzip.compress(body)
        return (
            f"POST /api/v1/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Device {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"{'Content-Encoding: gzip' if packed else 'Accept: */*'}\r\n\r\n"
        ).encode() + body

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.place.port), timeout=PATIENCE)

    def post(self, records: Sequence[Json], *, packed: bool = True) -> Json:
        """One try. Raises ``NotSent``; changes nothing."""
        try:
            with self.line() as line:
                line.sendall(self.request(records, packed=packed))
                answer = http.client.HTTPResponse(line, method="POST")
                answer.begin()
                text = answer.read()
        except (OSError, http.client.HTTPException):
            raise NotSent(0) from None
        if answer.status != 200:
            raise NotSent(answer.status, float(answer.headers.get("Retry-After", "0")))
        said: Json = json.loads(text)
        assert [one["id"] for one in said["answers"]] == [one["id"] for one in records]
        return said

    def send(self, records: Sequence[Json] | None = None, *, packed: bool = True) -> list[str]:
        """One try with all that waits, or with ``records``; what became of each. Raises ``NotSent``."""
        batch = list(self.waiting.values())[:500] if records is None else list(records)
        return self.believe(batch, self.post(batch, packed=packed))

    def believe(self, batch: Sequence[Json], said: Json) -> list[str]:
        """As store.settle and store.bringBack do."""
        outcomes = [one["outcome"] for one in said["answers"]]
        for record in batch:
            if self.waiting.pop(record["seq"], None):
                self.sent[record["seq"]] = record
        for first, last in said["missing"]:
            for seq in range(first, last + 1):
                if record := self.sent.pop(seq, None):
                    self.waiting[seq] = record
        self.waiting = dict(sorted(self.waiting.items()))
        self.outcomes += outcomes
        return outcomes

    def drain(self, seconds: float = PATIENCE) -> None:
        """Again and again until nothing waits, no sooner than Retry-After says."""
        end = time.monotonic() + seconds
        while self.waiting:
            try:
                self.send()
            except NotSent as failed:
                if time.monotonic() > end:
                    raise AssertionError(f"{len(self.waiting)} are still waiting") from failed
                time.sleep(failed.retry_after or random.uniform(0.1, 0.3))

    def lose_answer(self, records: Sequence[Json]) -> None:
        """The batch goes out whole; the line breaks before the answer is read."""
        with suppress(OSError), self.line() as line:
            line.sendall(self.request(records))

    # -- what must hold ---------------------------------------------------------------------------------------

    def all_is_there_once(self) -> None:
        """Every record made is one row with what was recorded, and its number is known to have come."""
        assert not self.waiting
        kept = self.place.rows(
            "select id::text, remarks, direction, verdict, temperature::text, keeper, entrance, device_clock"
            " from gates_check where remarks like %s",
            [f"{str(self.installation)[:8]} %"],
        )
        assert sorted(kept) == sorted(
            (
                one["id"], one["body"]["remarks"], one["body"]["direction"], one["body"]["verdict"],
                one["body"]["temperature"], one["keeper"], one["body"]["entrance"],
                dt.datetime.fromisoformat(one["clock"]),
            )
            for one in self.made.values()
        )  # fmt: skip
        assert self.place.rows(
            "select seen, twice from sync_sequence where installation = %s order by id desc limit 1",
            [self.installation],
        ) == [([1, len(self.made)], 0)]  # fmt: skip
        assert set(self.outcomes) <= HELD


def count_of(phone: Phone) -> int:
    """How many of its checks are in the table, once everything under way has ended."""
    phone.place.quiet()
    ((count,),) = phone.place.rows(
        "select count(*) from gates_check where remarks like %s", [f"{str(phone.installation)[:8]} %"]
    )
    return int(count)


__all__ = ["HELD", "Json", "NotSent", "Phone", "count_of", "until"]
