"""Run by itself, as `python settle.py`: makes an installation's database and a small community in it; prints JSON."""

import json
import secrets
from typing import Any
from uuid import uuid4

from shouwang.config.commands import start

COMMUNITY = 429006001023
GATES, HOUSEHOLDS, DEVICES = 6, 20, 600


def settle() -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client

    from shouwang.access import clock
    from shouwang.access.actions import create_user, grant_role
    from shouwang.access.enums import Role
    from shouwang.access.wall import acting
    from shouwang.gates.actions import issue_passes
    from shouwang.gates.queries.trust import root_fingerprint
    from shouwang.kernel.scope import Scope
    from shouwang.people.models import Household, Resident
    from shouwang.places.actions import add_entrance, import_divisions
    from shouwang.sync.models import Device
    from shouwang.sync.rules.tokens import digest

    system, now = Scope.system(reason="tests"), clock.now()
    rows = f"code,name\n{COMMUNITY // 1000 * 1000},竟陵街道\n{COMMUNITY},新城社区\n"
    with acting(system):
        import_divisions(system, content=rows.encode(), file_name="divisions.csv")
        gates = [add_entrance(system, community=COMMUNITY, name=f"{n}号门").pk for n in range(GATES)]
        homes = Household.objects.bulk_create(
            [
                Household(
                    community=COMMUNITY, address=f"3-2-{n}", address_key=f"3-2-{n}", created_at=now, updated_at=now
                )
                for n in range(HOUSEHOLDS)
            ]
        )  # fmt: skip
        people = Resident.objects.bulk_create(
            [
                Resident(
                    community=COMMUNITY, household=home, name=f"张{home.pk}", initials="z", created_at=now,
                    updated_at=now,
                )
                for home in homes
            ]
        )  # fmt: skip
        issued = issue_passes(system, community=COMMUNITY, resident_ids=[one.pk for one in people])
        told = [(uuid4(), secrets.token_urlsafe(24)) for _ in range(DEVICES)]
        Device.objects.bulk_create(
            [
                Device(
                    community=COMMUNITY, device_id=key, name=f"{n}号机", secret_digest=digest(secret), enrolled_at=now
                )
                for n, (key, secret) in enumerate(told)
            ]
        )  # fmt: skip
        user = create_user(system, username="office", display_name="办公室", password=None)
        grant_role(system, user_id=user.pk, role=Role.OFFICE, area=COMMUNITY)
        desk = Client()
        desk.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return {
        "gates": gates,
        "passes": [[str(one.pass_id), home.pk] for one, home in zip(issued, homes, strict=True)],
        "tokens": [f"{COMMUNITY}.{key}.{secret}" for key, secret in told],
        "session": desk.cookies[settings.SESSION_COOKIE_NAME].value,
        "root": root_fingerprint(),
    }


if __name__ == "__main__":
    start()
    from shouwang.config.commands.migrate import migrate

    migrate()
    print(json.dumps(settle()))
