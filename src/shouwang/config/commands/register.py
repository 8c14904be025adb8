"""The register of passes, as commands look into it: whichever community a pass belongs to."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING

from shouwang.config import database
from shouwang.config.cli import Problem
from shouwang.config.commands import start
from shouwang.kernel.scope import Scope

if TYPE_CHECKING:
    from shouwang.gates.models import Pass

SYSTEM = Scope.system(reason="shouwang pass")


def has_database() -> bool:
    return bool(os.environ.get("DATABASE_URL")) or database.embedded().cluster.exists()


def need_database() -> None:
    if not has_database():
        raise Problem(
            "no database is here yet: run shouwang up once, or say --unregistered to sign without a register"
        )
    start()


def registered(pass_id: uuid.UUID) -> Pass | None:
    """The pass of the register, whichever community it belongs to."""
    start()
    from django.db import DatabaseError

    from shouwang.access.wall import acting
    from shouwang.gates.models import Pass

    try:
        with acting(SYSTEM):
            return Pass.objects.filter(pass_id=pass_id).first()
    except DatabaseError as error:
        raise Problem(
            "the database has no register yet: run shouwang migrate, or give --trust FILE"
        ) from error


def coded(code: str, area: int | None) -> Pass | None:
    """The pass with a code, which is unique within its community only."""
    from shouwang.access.wall import acting
    from shouwang.gates.models import Pass
    from shouwang.gates.rules.codes import read_code

    with acting(SYSTEM):
        rows = Pass.objects.filter(code=read_code(code), **({"community": area} if area else {}))
        found = list(rows[:2])
    if len(found) > 1:
        raise Problem(f"several communities have a pass {code}: say which with --area CODE")
    return found[0] if found else None
