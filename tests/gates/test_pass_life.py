"""The life of passes against a model of its own: whatever the office does in whatever order, and however often."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gates.village import NOON, SYSTEM, Village, passing
from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction, Reason
from shouwang.gates.models import Pass
from shouwang.kernel.errors import Refused

STEPS = st.lists(
    st.tuples(st.sampled_from(["issue", "revoke", "replace", "wait"]), st.integers(0, 1), st.integers(1, 40)),
    max_size=14,
)
ANSWERS = {"open": Reason.OK, "expired": Reason.HOME_PASS_EXPIRED, "ended": Reason.HOME_PASS_REVOKED}


@dataclass
class Model:
    """What should be: each person's passes, the latest last, as (pass, last moment, ended)."""

    now: dt.datetime = NOON
    held: dict[int, list[list[object]]] = field(default_factory=lambda: {0: [], 1: []})

    def open(self, who: int) -> Pass | None:
        latest = self.held[who][-1] if self.held[who] else None
        return latest[0] if latest and not latest[2] and latest[1] > self.now else None  # type: ignore[return-value, operator]

    def expect(self, who: int) -> list[tuple[str, Reason]]:
        """Every code this person was ever given, and what the gate must say to it when she comes home."""
        found = []
        for held, until, ended in self.held[who]:
            state = "ended" if ended else "open" if until > self.now else "expired"  # type: ignore[operator]
            found.append((held.code, ANSWERS[state]))  # type: ignore[attr-defined]
        return found


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_passes_live_as_the_model_says(
    village: Village, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        with acting(SYSTEM):
            Pass.objects.all().delete()
        model = Model()
        monkeypatch.setattr(clock, "now", lambda: model.now)
        for step, who, days in steps:
            act(village, model, step, who, days)
        with acting(SYSTEM):
            for who in (0, 1):
                rows = Pass.objects.filter(resident=village.people[who])
                assert rows.filter(revoked_at=None).count() <= 1
                assert {row.pk for row in rows} == {held.pk for held, _, _ in model.held[who]}  # type: ignore[attr-defined]
        for who in (0, 1):
            for code, reason in model.expect(who):
                check = passing(SYSTEM, village.gate, None, model.now, pass_code=code, direction=Direction.IN)
                assert check.reason == reason
        transaction.set_rollback(True)


def act(village: Village, model: Model, step: str, who: int, days: int) -> None:
    """One step, in the system and in the model."""
    held = model.open(who)
    latest = model.held[who][-1] if model.held[who] else None
    with acting(SYSTEM):
        if step == "wait":
            model.now += dt.timedelta(days=days)
        elif step == "issue":
            issued = actions.issue_pass(SYSTEM, resident_id=village.people[who].pk, valid_days=days)
            if held:
                assert issued.pk == held.pk
            else:
                if latest:
                    latest[2] = True  # an expired one makes room
                model.held[who].append([issued, issued.valid_until, False])
        elif latest:
            change(model, step, who, latest)


def change(model: Model, step: str, who: int, latest: list[object]) -> None:
    held, until, ended = latest
    if step == "revoke":
        actions.revoke_pass(SYSTEM, pass_id=held.pk, reason="lost")  # type: ignore[attr-defined]
        latest[2] = True
    elif ended or until <= model.now:  # type: ignore[operator]
        with pytest.raises(Refused), transaction.atomic():
            actions.replace_pass(SYSTEM, pass_id=held.pk, reason="spoilt")  # type: ignore[attr-defined]
    else:
        new = actions.replace_pass(SYSTEM, pass_id=held.pk, reason="spoilt")  # type: ignore[attr-defined]
        latest[2] = True
        model.held[who].append([new, until, False])
