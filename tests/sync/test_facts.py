"""Facts travel in columns; a column of arrays arrives as it was sent."""

import pytest
from django.db import connection

from shouwang.sync.actions.facts import _array_text


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [[], ["cough"], ['a "b"', "c\\d", "e,f", "{g}", "", "null", "咳嗽"]])
def test_an_array_survives_as_text(sent: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select %s::text[]", [_array_text(sent)])
        assert cursor.fetchone()[0] == sent
