"""A demo town of one's own, on a free port, gone when it was used."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def demo() -> Iterator[str]:
    """A demo of our own, in a folder that goes away."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="shouwang-pictures-")
    os.chmod(folder, 0o755)  # noqa: S103 the embedded server's own user has to pass
    command = [str(Path(sys.executable).parent / "shouwang"), "demo", "--port", str(port)]
    served = subprocess.Popen(command, env={**os.environ, "SHOUWANG_DATA_DIR": f"{folder}/data"})
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, served)
        yield url
    finally:
        served.terminate()
        served.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str, served: "subprocess.Popen[bytes]") -> None:
    for _ in range(900):
        if served.poll() is not None:
            raise SystemExit("the demo did not start")
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()  # noqa: S310 our own address
            return
        except OSError:
            time.sleep(1)
    raise SystemExit("the demo took more than a quarter of an hour")
