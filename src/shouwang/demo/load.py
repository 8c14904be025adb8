"""Load the demo: the three communities as a scene played through the actions, and on request the whole city by COPY.

Everything may come twice: each step looks whether it has been done, so a second run changes nothing and a run that
was cut short is finished by the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from shouwang.access.wall import acting
from shouwang.demo import city as city_fill
from shouwang.demo.cast import PASSWORD, SEED, leads
from shouwang.demo.scene.play import Told, play, played_seed
from shouwang.demo.scene.setting import divisions
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope

_COUNTED = {
    "areas": "places_area",
    "compounds": "places_compound",
    "buildings": "places_building",
    "entrances": "places_entrance",
    "users": "access_user",
    "households": "people_household",
    "residents": "people_resident",
    "imports": "people_rosterimport",
    "rounds": "screening_round",
    "attempts": "screening_attempt",
    "readings": "screening_reading",
    "passes": "gates_pass",
    "checks": "gates_check",
    "audit": "access_auditentry",
}


def load(
    *, seed: int = SEED, city: bool = False, scale: float = 1.0, told: Told | None = None
) -> dict[str, int]:
    """Load what is missing and return how many rows there are of each kind.

    ``city`` fills the other 629 communities too. ``scale`` below 1 plays a smaller scene, for tests. ``told`` hears
    (what, done, total); without it a bar runs on standard error. Raises ``Refused`` where another seed's town stands.
    """
    if told is None:
        with _bar() as told:
            return load(seed=seed, city=city, scale=scale, told=told)
    if (there := played_seed()) not in (None, seed):
        raise Refused(
            "demo_seed",
            gettext_noop(
                "The town of seed %(there)s stands here. For another one take another data directory."
            ),
            there=there,
        )
    play(seed=seed, scale=scale, told=told)
    if city:
        city_fill.fill(seed=seed, divisions=divisions(), progress=told)
    return counts()


def counts() -> dict[str, int]:
    """Rows of each kind in the whole database."""
    with acting(Scope.system(reason="demo counts")), connection.cursor() as cursor:
        cursor.execute(
            " union all ".join(f"select '{name}', count(*) from {table}" for name, table in _COUNTED.items())  # noqa: S608
        )
        return {name: int(count) for name, count in cursor.fetchall()}


def logins() -> list[dict[str, str]]:
    """One account of each role, for the terminal."""
    return [
        {"role": role.value, "username": player.username, "password": PASSWORD}
        for role, player in leads(SEED).items()
    ]


@contextmanager
def _bar() -> Iterator[Told]:
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        tasks = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)

        yield told
