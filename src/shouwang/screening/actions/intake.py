"""Taking in what is sent: the rules pass it, and what came before is recognised by its id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.screening import rules
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.models import Attempt, Reading
from shouwang.screening.rules import AttemptInput, CheckedReading


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer to a record, the same for every resend but for ``repeated``. ``fevers`` are resident ids."""

    attempt_id: UUID
    round_id: int
    household_id: int
    outcome: Outcome
    fevers: tuple[int, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """An attempt whose shape and words the rules have passed."""

    given: AttemptInput
    channel: Channel
    outcome: Outcome
    answered_by: AnsweredBy
    readings: tuple[CheckedReading, ...]
    needs: str
    remarks: str


def check(attempt: AttemptInput, profile: DiseaseProfile) -> Checked:
    if attempt.attempt_id.version != 7:
        raise Refused(
            "attempt_id", gettext_noop("A record needs an id of its own (UUIDv7), minted where it was made.")
        )
    channel, outcome = Channel(attempt.channel), Outcome(attempt.outcome)
    answered = None if attempt.answered_by is None else AnsweredBy(attempt.answered_by)
    return Checked(
        attempt,
        channel,
        outcome,
        rules.check_answer(outcome, channel, answered),
        rules.check_readings(outcome, attempt.readings, profile),
        rules.check_text(attempt.needs),
        rules.check_text(attempt.remarks),
    )


def unknown(checked: Iterable[Checked], known: Mapping[UUID, Recorded]) -> list[Checked]:
    """Those not known yet, each id once. Raises ``Refused`` if two of the same id differ."""
    found: dict[UUID, Checked] = {}
    for one in checked:
        if one.given.attempt_id in known:
            continue
        if _content(one) != _content(found.setdefault(one.given.attempt_id, one)):
            raise _other_content()
    return list(found.values())


def known_answers(community: int, checked: Sequence[Checked]) -> dict[UUID, Recorded]:
    """The answers to attempts recorded before. Raises ``Refused`` if one of them said something else then."""
    ids = [one.given.attempt_id for one in checked]
    before = {attempt.id: attempt for attempt in Attempt.objects.filter(community=community, id__in=ids)}
    if not before:
        return {}
    told: dict[UUID | None, list[Reading]] = defaultdict(list)
    for reading in Reading.objects.filter(
        community=community,
        round__in={attempt.round for attempt in before.values()},
        household__in={attempt.household for attempt in before.values()},
        source_id__in=before,
        corrects=None,
    ):
        told[reading.source_id].append(reading)
    answers = {}
    for one in checked:
        attempt = before.get(one.given.attempt_id)
        if attempt is None:
            continue
        readings = told[attempt.id]
        same = _content(one) == (
            attempt.household, attempt.channel, attempt.outcome, attempt.answered_by, attempt.needs, attempt.remarks,
            attempt.corrects, frozenset((r.resident, r.temperature, _set(r.symptoms)) for r in readings),
        )  # fmt: skip
        if not same or one.given.made_at not in (None, attempt.made_at):
            raise _other_content()
        fevers = tuple(sorted(r.resident for r in readings if r.fever))
        answers[attempt.id] = Recorded(
            attempt.id, attempt.round, attempt.household, Outcome(attempt.outcome), fevers, repeated=True
        )
    return answers


def _content(one: Checked) -> tuple[object, ...]:
    return (
        one.given.household_id, one.channel, one.outcome, one.answered_by, one.needs, one.remarks,
        one.given.corrects, frozenset((r.resident_id, r.temperature, _set(r.symptoms)) for r in one.readings),
    )  # fmt: skip


def _set(symptoms: Iterable[str] | None) -> frozenset[str] | None:
    return None if symptoms is None else frozenset(symptoms)


def _other_content() -> Refused:
    return Refused(
        "attempt_changed",
        gettext_noop(
            "This record was sent before with other content. If something in it was wrong, correct it there."
        ),
    )
