"""Correcting one person's reading. A wrong attempt is corrected by ``record_attempt(corrects=…)``."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.places.queries.profiles import profile_for
from shouwang.screening import rules
from shouwang.screening.actions.counting import counted, due_pairs, lock_community, lock_round
from shouwang.screening.actions.writing import publish_fevers
from shouwang.screening.models import Attempt, Reading
from shouwang.screening.rules import CheckedReading, ReadingInput


def correct_reading(
    scope: Scope,
    *,
    community: int,
    reading_id: UUID,
    temperature: Decimal | str | float | None,
    symptoms: Sequence[str] | None = None,
    correction_id: UUID | None = None,
) -> UUID:
    """Replace what a reading says by a new reading; the wrong one stays as it was, corrected. Answers the new id.

    A fever that only the correction tells of is news.
    With ``correction_id`` it may come twice. Raises ``Refused`` if the reading was corrected before.
    """
    scope.require(Permission.RECORD_ATTEMPT, community)
    wrong = Reading.objects.filter(community=community, id=reading_id).first()
    if wrong is None:
        raise NotFound("reading", reading_id)
    profile = profile_for(scope, community)
    told = rules.check_reading(ReadingInput(wrong.resident, temperature, symptoms), profile)
    if wrong.round:
        round_ = lock_round(wrong.round)
    else:
        lock_community(community)
    new_id = correction_id or mint(clock.now())
    if _came_before(community, new_id, wrong, told):
        return new_id
    _require_last_word(wrong)
    right = Reading(
        community=community, id=new_id, round=wrong.round, day=wrong.day, household=wrong.household,
        resident=wrong.resident, source=wrong.source, source_id=wrong.source_id, temperature=told.temperature,
        symptoms=None if told.symptoms is None else list(told.symptoms), fever=told.fever, made_at=wrong.made_at,
        received_at=clock.now(), made_by=scope.actor_id, corrects=wrong.id,
    )  # fmt: skip
    if wrong.round:  # nobody counted under what was taken back, so she may be due elsewhere by now
        right.household = due_pairs(round_, (), {wrong.resident}).get(wrong.resident, wrong.household)
        with counted(round_, {wrong.household, right.household}):
            Reading.objects.bulk_create([right])
    else:
        Reading.objects.bulk_create([right])
    audit(
        scope,
        "correct_reading",
        community=community,
        subject_kind="reading",
        subject_id=new_id,
        detail={"corrects": str(wrong.id)},
    )
    publish_fevers(scope, [right], profile)
    return new_id


def _came_before(community: int, new_id: UUID, wrong: Reading, told: CheckedReading) -> bool:
    before = Reading.objects.filter(community=community, id=new_id).first()
    if before is None:
        return False
    symptoms = None if before.symptoms is None else tuple(before.symptoms)
    if (before.corrects, before.temperature, symptoms) != (wrong.id, told.temperature, told.symptoms):
        raise Refused(
            "correction_changed",
            gettext_noop(
                "This correction was sent before with other content. Correct the latest reading instead."
            ),
        )
    return True


def _require_last_word(wrong: Reading) -> None:
    corrected = Reading.objects.filter(community=wrong.community, corrects=wrong.id).exists()
    replaced = (
        wrong.source_id is not None
        and Attempt.objects.filter(
            community=wrong.community, round=wrong.round, corrects=wrong.source_id
        ).exists()
    )
    if corrected or replaced:
        raise Refused(
            "corrected_already", gettext_noop("This was corrected before. Correct the latest record instead.")
        )
