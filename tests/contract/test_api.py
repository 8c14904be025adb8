"""The API against its own description: whatever is sent, the answer is one that the description allows."""

from typing import Any

import pytest
import schemathesis
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from hypothesis import HealthCheck, Phase, given, settings

from shouwang.access.actions import create_user, grant_role
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.config.api import api
from shouwang.kernel.scope import Scope

pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}
# A phone has a token, not a session; without one it is told so, or that its code is none.
PHONES = "POST /api/v1/sync"
every_operation = pytest.mark.parametrize("label", sorted(OPERATIONS))


@pytest.fixture
def headquarters(client: Client) -> Client:
    """Somebody who may do nearly everything, with her second factor shown."""
    system = Scope.system(reason="test")
    with acting(system):
        user = create_user(system, username="hq", display_name="王敏")
        for role, area in (
            (Role.HEADQUARTERS, 429006000000),
            (Role.ADMINISTRATOR, 429006000000),
            (Role.OFFICE, 429006001023),
        ):
            grant_role(system, user_id=user.pk, role=role, area=area)
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = StaticDevice.objects.create(user=user, confirmed=True).persistent_id
    session.save()
    return client


def send(client: Client, case: Any) -> Any:
    request = case.as_transport_kwargs(base_url="http://testserver")
    body = {"data": request["json"], "content_type": "application/json"} if "json" in request else {}
    client.raise_request_exception = False
    return getattr(client, request["method"].lower())(
        request["url"].removeprefix("http://testserver"), query_params=request.get("params") or {}, **body
    )


@every_operation
def test_a_stranger_gets_401_and_a_reason(client: Client, label: str) -> None:
    @settings(max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: Any) -> None:
        answer = send(client, case)
        allowed = {(401, "sign_in"), (404, "not_found"), (400, "null_character")}
        if label.startswith(PHONES):
            allowed = {(401, "device_unknown"), (422, "enrolment_unknown"), (400, "null_character")}
        assert (answer.status_code, answer.json()["code"]) in allowed

    ask()


@every_operation
def test_any_input_gets_an_answer(headquarters: Client, label: str) -> None:
    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: Any) -> None:
        answer = send(headquarters, case)
        assert answer.status_code < 500, f"{case.method} {case.path} → {answer.status_code}"
        if answer.status_code >= 400:
            problem = answer.json()
            assert problem["code"]
            assert problem["message"]

    ask()
