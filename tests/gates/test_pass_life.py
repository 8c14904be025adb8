"""The life of passes against a model of its own: whatever the office does in whatever order, and however often."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gates.village import NOON, SYSTEM, Village, passing
from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction, Reason
from shouwang.gates.models import Pass
from shouwang.gates.queries.passes import SOON
from shouwang.kernel.errors import NotFound, Refused

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "renew", "revoke", "replace", "wait"]),
        st.integers(0, 1),
        st.integers(1, 8) | st.integers(1, 40),
    ),
    max_size=14,
)
ANSWERS = {
    "open": Reason.OK,
    "early": Reason.HOME_WITHOUT_PASS,
    "expired": Reason.HOME_PASS_EXPIRED,
    "ended": Reason.HOME_PASS_REVOKED,
}


@dataclass(eq=False)
class Card:
    """``heir``: what replaced it. ``renewed``: she has the next one already."""

    row: Pass
    begins: dt.datetime
    ends: dt.datetime
    ended: bool = False
    renewed: bool = False
    heir: "Card | None" = None

    def state(self, now: dt.datetime) -> str:
        if self.ended:
            return "ended"
        return "early" if now < self.begins else "open" if now < self.ends else "expired"


@dataclass
class Model:
    """What should be: each person's cards, the latest last."""

    now: dt.datetime = NOON
    held: dict[int, list[Card]] = field(default_factory=lambda: {0: [], 1: []})

    def following(self, who: int, card: Card) -> Card | None:
        later = (one for one in self.held[who] if not one.ended and one.begins == card.ends)
        return next(later, None) if card.renewed else None

    def take(self, who: int, row: Pass) -> Card:
        assert row.pk not in {card.row.pk for card in self.held[who]}
        card = Card(row, row.valid_from, row.valid_until)
        self.held[who].append(card)
        return card

    def end(self, who: int, card: Card | None) -> None:
        """And all that follows it; the one before it may be given another next one."""
        if card is None or card.ended:
            return
        following, card.ended = self.following(who, card), True
        self.end(who, following)
        for one in self.held[who]:
            if not one.ended and one.ends == card.begins:
                one.renewed = False


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(  # the first of three in a row is revoked, which is over
    steps=[("issue", 0, 3), ("renew", 0, 5), ("wait", 0, 4), ("renew", 0, 2), ("revoke", 0, 5)]
)
def test_passes_live_as_the_model_says(
    village: Village, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        with acting(SYSTEM):
            Pass.objects.all().delete()
        model = Model()
        monkeypatch.setattr(clock, "now", lambda: model.now)
        for step, who, days in steps:
            with acting(SYSTEM):
                act(village, model, step, who, days)
        for who in (0, 1):
            cards = model.held[who]
            with acting(SYSTEM):
                rows = {row.pk: row for row in Pass.objects.filter(resident=village.people[who])}
            assert {pk: (row.revoked_at is not None, row.renewed) for pk, row in rows.items()} == {
                card.row.pk: (card.ended, card.renewed) for card in cards
            }
            assert sum(not card.ended and not card.renewed for card in cards) <= 1
            assert sum(card.state(model.now) == "open" for card in cards) <= 1
            for card in cards:
                check = passing(
                    SYSTEM, village.gate, None, model.now, pass_code=card.row.code, direction=Direction.IN
                )
                assert check.reason == ANSWERS[card.state(model.now)]
        transaction.set_rollback(True)


def act(village: Village, model: Model, step: str, who: int, days: int) -> None:
    """One step, in the system and in the model. ``days`` also chooses among the cards she was ever given."""
    cards = model.held[who]
    if step == "wait":
        model.now += dt.timedelta(days=days)
    elif step == "issue":
        issue(village, model, who, days)
    elif cards:
        {"renew": renew, "revoke": revoke, "replace": replace}[step](
            model, who, cards[-1 - days % len(cards)], days
        )


def issue(village: Village, model: Model, who: int, days: int) -> None:
    issued = actions.issue_pass(SYSTEM, resident_id=village.people[who].pk, valid_days=days)
    last = [card for card in model.held[who] if not card.ended and not card.renewed]
    if last and last[0].ends > model.now:
        assert issued.pk == last[0].row.pk
        return
    for card in last:
        card.ended = True  # an expired one makes room
    model.take(who, issued)


def renew(model: Model, who: int, card: Card, days: int) -> None:
    there = model.following(who, card)
    if there is None and (card.renewed or card.state(model.now) != "open" or card.ends > model.now + SOON):
        with pytest.raises((Refused, NotFound)), transaction.atomic():
            actions.renew_pass(SYSTEM, pass_id=card.row.pk, valid_days=days)
        return
    following = actions.renew_pass(SYSTEM, pass_id=card.row.pk, valid_days=days)
    if there:
        assert following.pk == there.row.pk
    else:
        card.renewed = True
        assert model.take(who, following).begins == card.ends
        assert following.valid_until == card.ends + dt.timedelta(days=days)


def revoke(model: Model, who: int, card: Card, days: int) -> None:
    actions.revoke_pass(SYSTEM, pass_id=card.row.pk, reason="lost")
    model.end(who, card)


def replace(model: Model, who: int, card: Card, days: int) -> None:
    stands: Card | None = card
    while stands and stands.ended:
        stands = stands.heir
    if stands is None or (stands is card and card.ends <= model.now):
        with pytest.raises(Refused), transaction.atomic():
            actions.replace_pass(SYSTEM, pass_id=card.row.pk, reason="spoilt")
        return
    new = actions.replace_pass(SYSTEM, pass_id=card.row.pk, reason="spoilt")
    if stands is not card:
        assert new.pk == stands.row.pk
        return
    card.ended = True
    card.heir = model.take(who, new)
    card.heir.renewed = card.renewed
    assert card.heir.ends == card.ends
