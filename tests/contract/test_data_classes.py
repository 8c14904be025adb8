"""Every field says what kind of thing it is and how long it is kept; every row about a place stands behind the wall."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from shouwang.access.privacy import CLASSIFIED
from shouwang.access.sealed import SealedTextField

OURS = [model for model in apps.get_models() if model.__module__.startswith("shouwang.")]
# Tables of ours without a community, each with its reason.
NOWHERE = {
    "places_area": "names of areas are public",
    "places_dutyphone": "the phone of an office, printed on posters",
    "places_areaprofile": "a disease profile belongs to an area of any level and says nothing about anybody",
    "access_user": "an account may serve in several places; read by access alone",
    "access_grant": "says itself which area it is for; read before there is a scope",
    "access_setuplink": "opened by somebody who has no account yet",
    "door_doorplace": "a number for each community's name, printed on cards",
    "door_doorguess": "counts wrong codes; a wrong code belongs to no place and names nobody",
}
every_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)


@every_model
def test_every_field_is_classed_once(model: type[Model]) -> None:
    assert model in CLASSIFIED, "decorate it with access.privacy.classed"
    classes = CLASSIFIED[model]
    named = [*classes.public, *classes.internal, *classes.personal, *classes.sealed]
    assert sorted(named) == sorted(field.name for field in model._meta.concrete_fields)


@every_model
def test_sealed_means_encrypted(model: type[Model]) -> None:
    sealed = {f.name for f in model._meta.concrete_fields if isinstance(f, SealedTextField)}
    assert sealed <= CLASSIFIED[model].sealed
    plain = CLASSIFIED[model].sealed - sealed
    assert all(name.endswith("_digest") or name == "digest" for name in plain), (
        "only a digest may stand beside it"
    )


@pytest.mark.django_db
@every_model
def test_every_row_about_a_place_is_behind_the_wall(model: type[Model]) -> None:
    table = model._meta.db_table
    if table in NOWHERE:
        assert "community" not in {f.column for f in model._meta.concrete_fields}
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select relrowsecurity and relforcerowsecurity and exists(select 1 from pg_policy where polrelid = c.oid)"
            " from pg_class c where oid = %s::regclass",
            [table],
        )
        assert cursor.fetchone()[0], (
            f"add Wall({table!r}) to the migration that makes it, or a reason to NOWHERE"
        )


def test_every_reason_is_still_needed() -> None:
    assert set(NOWHERE) <= {model._meta.db_table for model in OURS}
