"""The size and the names of the files."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(r"^(utils?|helpers?|common|manager|misc|base)$")
LONGEST = {"src": 300, "tests": 500, "scripts": 300}


def files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    return (Path(name) for name in listed if "/vendor/" not in name and (ROOT / name).is_file())


def test_no_module_is_too_long() -> None:
    long = {
        str(path): lines
        for path in files()
        if path.suffix in {".py", ".js", ".css"} and path.parts[0] in LONGEST
        if (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > LONGEST[path.parts[0]]
    }
    assert not long, "split each of these into a package by noun"


def test_names_say_what_is_inside() -> None:
    vague = [
        str(path)
        for path in files()
        if path.parts[0] in LONGEST and any(FORBIDDEN.match(part.split(".")[0]) for part in path.parts)
        if path.suffix in {".py", ".js"}
    ]
    assert not vague, "name each of these after what it holds"
