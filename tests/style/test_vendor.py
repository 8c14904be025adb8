"""What we ship of others is what the lock says, with its licence beside it."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "scripts" / "vendor.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tree_is_as_the_lock_says(vendor: ModuleType) -> None:
    assert vendor.differences(json.loads(vendor.LOCK.read_text())) == []


def test_a_change_is_found(vendor: ModuleType) -> None:
    lock = json.loads(vendor.LOCK.read_text())
    lock["packages"][0]["kept"]["LICENSE"] = "0" * 64
    folder = lock["packages"][0]["folder"]
    assert vendor.differences(lock) == [f"{folder}/LICENSE was changed"]


def test_every_package_has_its_licence(vendor: ModuleType) -> None:
    for package in json.loads(vendor.LOCK.read_text())["packages"]:
        assert (vendor.TARGET / package["folder"] / "LICENSE").stat().st_size > 500


def test_the_sprite_holds_every_icon(vendor: ModuleType) -> None:
    sprite = (vendor.TARGET / "tabler-icons" / "sprite.svg").read_text()
    icons = next(p["icons"] for p in json.loads(vendor.LOCK.read_text())["packages"] if "icons" in p)
    assert all(f'<symbol id="{icon}"' in sprite for icon in icons)
    assert "<script" not in sprite
