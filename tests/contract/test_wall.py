"""Proof, not belief: whatever is granted and whatever is stored, no SQL of the application touches a row outside."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.access.wall import acting
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.uuid7 import mint

pytestmark = pytest.mark.django_db
CITY = 429_006_000_000
communities = st.integers(min_value=CITY + 1, max_value=CITY + 60)
ranges = st.tuples(communities, communities).map(lambda pair: (min(pair), max(pair)))
grants = st.lists(ranges, max_size=4)
rows = st.lists(communities, min_size=1, max_size=25)
# A register and a fact; that all other tables have the same policies is the last test's business.
tables = st.sampled_from(["places_compound", "access_auditentry"])
thorough = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def scope_of(granted: list[tuple[int, int]]) -> Scope:
    return Scope(actor_id=1, grants=tuple(GrantedRange(a, b, frozenset()) for a, b in granted))


def inside(granted: list[tuple[int, int]], community: int) -> bool:
    return any(first <= community <= last for first, last in granted)


def sql(statement: str, *parameters: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else [(cursor.rowcount,)]


def add(table: str, community: int) -> None:
    if table == "places_compound":
        sql(
            'insert into places_compound (community, name, kind, "order", active)'
            " values (%s, gen_random_uuid(), %s, 0, true)",
            community, "compound",
        )  # fmt: skip
    else:
        sql(
            "insert into access_auditentry (community, id, at, actor_name, verb, subject_kind, subject_id, detail)"
            " values (%s, %s, now(), '', 'look', '', '', '{}')",
            community, mint(),
        )  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stored(table: str, where: list[int]) -> None:
    with acting(Scope.system(reason="test")):
        sql(f"delete from {table}")
        for community in where:
            add(table, community)


def all_rows(table: str) -> list[int]:
    with acting(Scope.system(reason="test")):
        return sorted(int(str(c)) for (c,) in sql(f"select community from {table}"))


@thorough
@given(tables, grants, rows)
def test_reading(table: str, granted: list[tuple[int, int]], where: list[int]) -> None:
    with undone():
        stored(table, where)
        with acting(scope_of(granted)):
            seen = sorted(int(str(c)) for (c,) in sql(f"select community from {table} where community > 0"))
            everything = sql(f"select count(*), min(community) from {table} where community > 0")[0][0]
        assert seen == sorted(c for c in where if inside(granted, c))
        assert everything == len(seen)
        assert sql(f"select count(*) from {table}") == [(0,)], "outside of any scope nothing is seen"


@thorough
@given(grants, rows, communities)
def test_changing_and_deleting(granted: list[tuple[int, int]], where: list[int], target: int) -> None:
    with undone():
        stored("places_compound", where)
        ours = [c for c in where if inside(granted, c)]
        with acting(scope_of(granted)):
            assert sql("update places_compound set active = false") == [(len(ours),)]
            if ours and not inside(granted, target):
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    sql("update places_compound set community = %s", target)
            assert sql("delete from places_compound") == [(len(ours),)]
        assert all_rows("places_compound") == sorted(c for c in where if not inside(granted, c))


@thorough
@given(tables, grants, communities)
def test_adding(table: str, granted: list[tuple[int, int]], target: int) -> None:
    with undone(), acting(scope_of(granted)):
        if inside(granted, target):
            add(table, target)
        else:
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                add(table, target)


@thorough
@given(grants, rows)
def test_facts_never_change(granted: list[tuple[int, int]], where: list[int]) -> None:
    with undone():
        before = all_rows("access_auditentry")
        with acting(Scope.system(reason="test")):
            for community in where:
                add("access_auditentry", community)
        with acting(scope_of(granted)):
            assert sql("update access_auditentry set verb = 'nothing'") == [(0,)]
            assert sql("delete from access_auditentry") == [(0,)]
        assert all_rows("access_auditentry") == sorted(before + where)


def test_every_policy_is_the_same_wall() -> None:
    policies = sql(
        "select c.relname, p.polcmd,"
        " coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)),"
        " p.polpermissive, p.polroles = '{0}' from pg_policy p join pg_class c on c.oid = p.polrelid"
    )
    assert policies
    expressions = {expression for _, _, expression, _, _ in policies}
    assert len(expressions) == 1, expressions
    assert "current_setting('shouwang.scope'" in str(expressions.pop())
    assert all(permissive and everybody for *_, permissive, everybody in policies)
    once = [(table, command) for table, command, *_ in policies]
    assert len(once) == len(set(once)), "a second permissive policy would open the wall"
