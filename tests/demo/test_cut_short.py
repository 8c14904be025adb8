"""A demo whose loading was cut short, at any moment, is finished by the next run."""

import pytest

from shouwang.access.wall import acting
from shouwang.demo.cast import SEED
from shouwang.demo.invented.calls import DAYS
from shouwang.demo.load import load
from shouwang.demo.scene import play
from shouwang.kernel.scope import Scope
from shouwang.screening.models import Round
from shouwang.screening.queries.effective import kept, recount

pytestmark = pytest.mark.django_db
SCALE = 0.02
SYSTEM = Scope.system(reason="test")


class Cut(Exception):
    """The power fails."""


def test_a_load_cut_between_days_and_one_cut_within_a_day_are_finished(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def between(what: str, done: int, total: int) -> None:
        if what == "14-21 February" and done == 2:
            raise Cut

    with pytest.raises(Cut):
        load(seed=SEED, scale=SCALE, told=between)
    ended: list[object] = []

    def within(*day: object) -> None:
        ended.append(day)
        if len(ended) == 5:
            raise Cut

    with monkeypatch.context() as patched:
        patched.setattr(play, "see_to_findings", within)
        with pytest.raises(Cut):
            load(seed=SEED, scale=SCALE, told=lambda what, done, total: None)
    found = load(seed=SEED, scale=SCALE, told=lambda what, done, total: None)
    assert play.played_seed() == SEED
    assert load(seed=SEED, scale=SCALE, told=lambda what, done, total: None) == found
    with acting(SYSTEM):
        rounds = list(Round.objects.all())
        assert len(rounds) == 3 * len(DAYS)
        assert all(kept(one) == recount(one) for one in rounds)
