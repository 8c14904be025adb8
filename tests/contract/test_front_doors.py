"""Other domains come in by the front door: enums, events, rules, queries and actions; never models, forms or pages."""

import grimp
import pytest

DOORS = {"enums", "events", "rules", "queries", "actions"}
# access is the ground everybody stands on: what it offers besides, each for one purpose.
GROUND = {"wall", "privacy", "sealed", "migrations_ops", "partitions", "clock", "templatetags", "prepared"}
# sync opens what phones have sealed, for whoever takes it in, and does together what many threads ask for at once.
SYNC = {"sealing", "together"}
DOMAINS = (
    "access", "sync", "places", "people", "workforce", "screening", "gates", "supplies", "grievances", "door",
    "reporting", "field",
)  # fmt: skip
# config puts the parts together; bench measures them from inside.
FREE = ("shouwang.config", "shouwang.bench")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("shouwang", cache_dir=None)


def domain_of(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def through_the_wall(graph: grimp.ImportGraph) -> list[str]:
    found = []
    for target in sorted(graph.modules):
        parts = target.split(".")
        if len(parts) < 3 or parts[1] not in DOMAINS:
            continue
        if parts[2] in DOORS | {"access": GROUND, "sync": SYNC}.get(parts[1], set()):
            continue
        found += [
            f"{importer} imports {target}"
            for importer in sorted(graph.find_modules_that_directly_import(target))
            if domain_of(importer) != parts[1] and not importer.startswith(FREE)
        ]
    return found


def test_other_domains_use_the_front_door(graph: grimp.ImportGraph) -> None:
    assert through_the_wall(graph) == []


def test_a_foreign_model_is_noticed(graph: grimp.ImportGraph) -> None:
    graph.add_import(importer="shouwang.gates.actions", imported="shouwang.people.models")
    assert "shouwang.gates.actions imports shouwang.people.models" in through_the_wall(graph)
