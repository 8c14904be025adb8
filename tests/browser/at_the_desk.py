"""People whose pages are asked for without a browser, and what they send."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from openpyxl import Workbook

from access.people import user_with
from screening.world import COMMUNITY, Home, new_id
from shouwang.access.enums import Role


def person(role: Role, area: int = COMMUNITY) -> Client:
    """Signed in, past her second factor."""
    user = user_with([(role, area)], username=f"{role}-{new_id().hex[-12:]}")
    client = Client()
    client.force_login(user)
    session = client.session
    device = TOTPDevice.objects.create(user=user, name="totp", confirmed=True)
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def record(home: Home, **more: str) -> dict[str, str]:
    """The form of a call in which everybody is asked after."""
    cells = {f"temperature_{one}": "36.5" for one in home.people}
    return {"attempt_id": str(new_id()), "how": "call:reached:resident"} | cells | more


def door_form(**more: str) -> dict[str, str]:
    return {"id": str(new_id())} | more


def list_from_above() -> Any:
    """One line, her name written otherwise."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "证件号码", "联系电话", "来源地", "抵达时间", "目的地"])
    sheet.append(["王晓明", "", "13800005566", "武汉", "", "新城社区"])
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("名单.xlsx", buffer.getvalue())
