"""Whoever steals the tables reads no ID number and no phone: looked for in what the database itself holds."""

import base64
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from shouwang.access import clock
from shouwang.access.sealed import Sealed, SealedTextField, digest, seal, unseal
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint

pytestmark = pytest.mark.django_db
COMMUNITY = 429006001023
SECRETS = {
    "id_number": "11010519491231002X",
    "phone": "13812345678",
    "content": "UEsDBBQABgAIAAAAIQ==",
    "raw": '{"kind":"gossip","body":"张三"}',
    "cells": '["李芳","武汉","13812345678"]',
    "limits": "腰椎间盘突出",
    "said": '{"name":"李芳","phone":"13812345678"}',
}


def sealed_models() -> dict[str, type[Model]]:
    return {
        model._meta.label: model
        for model in apps.get_models()
        if any(isinstance(field, SealedTextField) for field in model._meta.concrete_fields)
    }


def stored() -> dict[str, Model]:
    """One row of every model that has a sealed field, with every sealed field filled."""
    now = clock.now()
    times = {"created_at": now, "updated_at": now}
    make: dict[str, Any] = {label: apps.get_model(label).objects.create for label in sealed_models()}
    household = apps.get_model("people.Household").objects.create(
        community=COMMUNITY, address="3栋2单元501", address_key="3-2-501", **times
    )
    device = apps.get_model("sync.Device").objects.create(
        community=COMMUNITY, device_id=UUID(int=7), name="东门", secret_digest=b"x", enrolled_at=now
    )
    from_above = apps.get_model("people.ReturneeList").objects.create(
        community=COMMUNITY, name="返乡人员.xlsx", digest=b"x", rows=1, received_at=now
    )
    city = {"community": 429006000000}
    agency = apps.get_model("workforce.Agency").objects.create(
        **city, name="市财政局", created_at=now, changed_at=now
    )
    call_up = apps.get_model("workforce.CallUp").objects.create(
        **city, title="动员令", from_day=now.date(), state="open", created_at=now, changed_at=now
    )
    agency_list = apps.get_model("workforce.AgencyList").objects.create(
        **city, callup=call_up, agency=agency, name="名单.xlsx", digest=b"x", rows=1, received_at=now
    )
    numbers = {"id_number": SECRETS["id_number"], "phone": SECRETS["phone"]}
    return {
        "people.Resident": make["people.Resident"](
            community=COMMUNITY, household=household, name="王敏",
            id_number=SECRETS["id_number"], id_digest=digest(SECRETS["id_number"]), id_tail="002X",
            phone=SECRETS["phone"], phone_digest=digest(SECRETS["phone"]), phone_mask="138****5678",
            phone_tail="5678", **times,
        ),
        "people.RosterImport": make["people.RosterImport"](
            community=COMMUNITY, state="preview", file_name="花名册.xlsx", file_digest=b"x",
            content=SECRETS["content"], uploaded_at=now,
        ),
        "people.ReturneeList": make["people.ReturneeList"](
            community=COMMUNITY, name="二批.xlsx", digest=b"y", rows=1, received_at=now, content=SECRETS["content"],
        ),
        "people.Sighting": make["people.Sighting"](
            community=COMMUNITY, name="李芳", origin="武汉", source="gate", seen_at=now, added_at=now, **numbers
        ),
        "people.ListLine": make["people.ListLine"](
            community=COMMUNITY, listed_in=from_above, row=2, cells=SECRETS["cells"]
        ),
        "people.Proposal": make["people.Proposal"](
            community=COMMUNITY, kind="moved_in", said=SECRETS["said"], source="door", made_at=now
        ),
        "gates.Visit": make["gates.Visit"](
            community=COMMUNITY, id=mint(now), entrance=1, name="李芳", made_at=now, received_at=now, **numbers
        ),
        "workforce.Responder": make["workforce.Responder"](
            **city, city=429006000000, name="李芳", state="standing_by", created_at=now, changed_at=now,
            limits=SECRETS["limits"], **numbers,
        ),
        "workforce.AgencyListLine": make["workforce.AgencyListLine"](
            **city, of=agency_list, row=2, cells=SECRETS["cells"]
        ),
        "sync.Quarantined": make["sync.Quarantined"](
            community=COMMUNITY, device=device, digest=b"x", raw=SECRETS["raw"], outcome="quarantined",
            code="unknown_kind", received_at=now,
        ),
    }  # fmt: skip


@pytest.fixture
def rows() -> Any:
    with acting(Scope.system(reason="test")):
        yield stored()


def test_every_model_with_a_sealed_field_is_looked_at(rows: dict[str, Model]) -> None:
    assert set(rows) == set(sealed_models()), "fill a row of it in stored()"


def test_no_row_holds_the_plain_text_in_any_spelling(rows: dict[str, Model]) -> None:
    for row in rows.values():
        with connection.cursor() as cursor:
            cursor.execute(f"select t::text from {row._meta.db_table} t")
            dump = "".join(text for (text,) in cursor.fetchall()).lower()
        assert dump
        for secret in SECRETS.values():
            for spelling in (secret, secret.encode().hex(), base64.b64encode(secret.encode()).decode()):
                assert spelling.lower() not in dump


def test_it_comes_back_sealed_and_prints_as_dots(rows: dict[str, Model]) -> None:
    for label, row in rows.items():
        again = type(row)._default_manager.get(pk=row.pk)
        for field in row._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                value = getattr(again, field.name)
                assert isinstance(value, Sealed), label
                assert SECRETS[field.name] not in f"{value} {value!r} {again!r}"
                assert value.open() == SECRETS[field.name]


def test_the_same_number_is_sealed_differently_each_time_and_found_by_its_digest() -> None:
    number = SECRETS["id_number"]
    assert seal(number) != seal(number)
    assert digest(number) == digest(number)
    assert len(digest(number)) == 32
    assert number.encode() not in digest(number)


def test_an_altered_seal_does_not_open() -> None:
    from cryptography.exceptions import InvalidTag

    broken = bytearray(seal("13812345678"))
    broken[-1] ^= 1
    with pytest.raises(InvalidTag):
        unseal(bytes(broken))
