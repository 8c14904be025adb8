"""The server at work on the scratch database, and lean clients that send prepared requests: they share its cores."""

import gzip
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from shouwang.bench._gate_city import Phone, environment

WORKERS, THREADS, WAITING = 2, 8, 64
"""As `shouwang up` has them unless told otherwise."""


@contextmanager
def serving(settings: Mapping[str, str] | None = None, *, worker: bool = False) -> Iterator[int]:
    """The application as `shouwang up` runs it, on a free port; with ``worker`` the background work too.

    ``settings``: the environment it works in, if not that of the gate's city.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    around = dict(settings or environment()) | {"SHOUWANG_THREADS": str(THREADS)}
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(WORKERS), "--blocking-threads", str(WAITING), "--backlog", "1024"),
        *("--log-level", "error", "shouwang.config.wsgi:application"),
    ]
    children = [subprocess.Popen(server, env=around)]
    if worker:
        at_work = [
            sys.executable,
            "-m",
            "shouwang",
            "manage",
            "procrastinate",
            "worker",
            "--concurrency",
            "1",
        ]
        children.append(
            subprocess.Popen(at_work, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
    try:
        _wait(port)
        yield port
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(30)
            except (
                subprocess.TimeoutExpired
            ):  # the worker is in the middle of counting; what it has not done stays noted
                child.kill()
                child.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with Client(port) as client:
                if client.ask(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")[0] == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


class Client:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._port = port

    def __enter__(self) -> "Client":
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._socket.sendall(request)
        data = self._socket.recv(65536)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end].lower()
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(data) < end + 4 + length:
            data += self._more()
        return int(head[9:12]), data[end + 4 :]

    def _more(self) -> bytes:
        more = self._socket.recv(65536)
        if not more:
            raise OSError("the server hung up")
        return more


@dataclass
class Run:
    """What several clients met: seconds in all, seconds of each request, answers that were not 200."""

    seconds: float = 0.0
    each: list[float] = field(default_factory=list)
    turned: int = 0


def send(port: int, lots: Sequence[Sequence[bytes]], *, expected: int = 200) -> Run:
    """A client for each lot sends its requests one after another, all clients at once; each answer is ``expected``.

    A request that is turned away with 429 is sent again after a moment, as phones do.
    """
    run, ready, lock = Run(), threading.Barrier(len(lots) + 1), threading.Lock()

    def work(requests: Sequence[bytes]) -> None:
        took, turned = [], 0
        with Client(port) as client:
            ready.wait()
            for request in requests:
                while True:
                    started = time.perf_counter()
                    status, body = client.ask(request)
                    took.append(time.perf_counter() - started)
                    if status == expected:
                        if b"quarantined" in body or b"conflict" in body:
                            raise RuntimeError(body[:300].decode())
                        break
                    if status != 429:
                        raise RuntimeError(f"{status} {body[:300].decode()}")
                    turned += 1
                    time.sleep(0.05)
        with lock:
            run.each.extend(took)
            run.turned += turned

    threads = [threading.Thread(target=work, args=[lot]) for lot in lots]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    run.seconds = time.perf_counter() - started
    return run


def request(phone: Phone, records: Sequence[dict[str, object]], installation: UUID, *, zipped: bool) -> bytes:
    """The bytes of one batch on the wire."""
    now = _moment(time.time())
    said = {
        "installation": str(installation),
        "app": "bench",
        "sent_at": now,
        "unsent": len(records),
        "oldest": now,
    }
    body = json.dumps({**said, "records": records}, ensure_ascii=False).encode()
    if zipped:
        body = gzip.compress(body, 6)
    head = (
        "POST /api/v1/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Device {phone.token}\r\nContent-Length: {len(body)}\r\n"
        + ("Content-Encoding: gzip\r\nAccept-Encoding: gzip\r\n" if zipped else "")
        + "\r\n"
    )
    return head.encode() + body


def record(phone: Phone, number: int, at: float, **body: object) -> dict[str, object]:
    """One check of a green resident, number ``number`` of its installation, made ``at`` (seconds since 1970)."""
    pass_id, household = phone.passes[number % len(phone.passes)]
    said = {
        "entrance": phone.entrance,
        "direction": "out" if number % 2 else "in",
        "pass": {
            "id": str(pass_id),
            "kind": "resident",
            "community": phone.community,
            "household": household,
        },
        "temperature": f"36.{number % 10}",
        "masked": True,
        "emergency": False,
        "plate": "",
        "vehicle": None,
        "visit": None,
        "remarks": "",
        "verdict": "green",
        "reason": "ok",
        "corrects": None,
    }
    moment = _moment(at)
    return {
        "id": str(uuid7(at)),
        "kind": "check",
        "seq": number + 1,
        "made_at": moment,
        "clock": moment,
        "keeper": "王姐",
        "body": said | body,
    }


def batch(phone: Phone, *, size: int = 500) -> bytes:
    """A full batch of what a phone did in four hours without a network, zipped as phones send it."""
    start = time.time() - 4 * 3600
    records = [record(phone, number, start + number * 14400 // size) for number in range(size)]
    return request(phone, records, uuid4(), zipped=True)


def uuid7(at: float) -> UUID:
    return UUID(
        int=(int(at * 1000) << 80) | (7 << 76) | (2 << 62) | (int.from_bytes(os.urandom(9)) & ((1 << 62) - 1))
    )


def _moment(at: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)) + "Z"
