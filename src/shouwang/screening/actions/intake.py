"""Taking in what is sent: the rules pass it, and what came before is recognised by its id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from shouwang.access.sealed import digest
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.screening import rules
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.events import Arrival
from shouwang.screening.models import Attempt
from shouwang.screening.rules import AttemptInput, CheckedReading, PresenceInput


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
    """An attempt whose shape and words the rules have passed. ``digest`` stands for all it says but when it was."""

    given: AttemptInput
    channel: Channel
    outcome: Outcome
    answered_by: AnsweredBy
    readings: tuple[CheckedReading, ...]
    needs: str
    trouble: str
    remarks: str
    arrivals: tuple[Arrival, ...]
    presence: tuple[PresenceInput, ...]
    digest: bytes

    @property
    def id(self) -> UUID:
        return self.given.attempt_id

    def recorded(self, round_id: int, *, repeated: bool = False) -> Recorded:
        fevers = tuple(sorted(told.resident_id for told in self.readings if told.fever))
        return Recorded(self.id, round_id, self.given.household_id, self.outcome, fevers, repeated)


def check(attempt: AttemptInput, profile: DiseaseProfile, *, sent: bytes | None = None) -> Checked:
    """The attempt as it may be kept. ``sent`` is the digest of a record that knows its own. Raises ``Refused``."""
    if attempt.attempt_id.version != 7:
        raise Refused(
            "attempt_id", gettext_noop("A record needs an id of its own (UUIDv7), minted where it was made.")
        )
    channel, outcome = Channel(attempt.channel), Outcome(attempt.outcome)
    answered = None if attempt.answered_by is None else AnsweredBy(attempt.answered_by)
    answered_by = rules.check_answer(outcome, channel, answered)
    readings = rules.check_readings(outcome, attempt.readings, profile)
    needs, trouble, remarks = map(rules.check_text, (attempt.needs, attempt.trouble, attempt.remarks))
    arrivals, presence = rules.check_arrivals(attempt.arrivals), rules.check_presence(attempt.presence)
    said = sent or digest_of(
        attempt.household_id, channel, outcome, answered_by, readings, texts=(needs, trouble, remarks),
        corrects=attempt.corrects, proxy=attempt.proxy, arrivals=arrivals, presence=presence,
    )  # fmt: skip
    return Checked(
        attempt, channel, outcome, answered_by, readings, needs, trouble, remarks, arrivals, presence, said
    )


def digest_of(
    household: int,
    channel: Channel,
    outcome: Outcome,
    answered_by: AnsweredBy,
    readings: Iterable[CheckedReading],
    *,
    texts: tuple[str, ...] = ("", "", ""),
    corrects: UUID | None = None,
    proxy: bool = False,
    arrivals: tuple[Arrival, ...] = (),
    presence: tuple[PresenceInput, ...] = (),
) -> bytes:
    """16 bytes that stand for what an attempt says. ``texts``: needs, trouble, remarks."""
    content = [
        household, channel, outcome, answered_by, texts, corrects, proxy,
        sorted([r.resident_id, str(r.temperature), r.symptoms and sorted(r.symptoms)] for r in readings),
        arrivals, sorted((one.resident_id, one.now) for one in presence),
    ]  # fmt: skip
    return digest(orjson.dumps(content).decode())[:16]


def unknown(checked: Iterable[Checked], known: Mapping[UUID, Attempt]) -> list[Checked]:
    """Those not known yet, each id once. Raises ``Refused`` if two of the same id differ."""
    found: dict[UUID, Checked] = {}
    for one in checked:
        if one.id not in known and found.setdefault(one.id, one).digest != one.digest:
            raise other_content()
    return list(found.values())


def known_attempts(community: int, checked: Sequence[Checked]) -> dict[UUID, Attempt]:
    """The attempts recorded before under these ids."""
    ids = [one.id for one in checked]
    found = Attempt.objects.filter(community=community, id__in=ids).only(
        "community", "id", "round", "made_at", "digest"
    )
    return {attempt.id: attempt for attempt in found}


def is_same(one: Checked, before: Attempt) -> bool:
    """Whether a record says what was recorded under its id."""
    return before.digest is not None and one.digest == bytes(before.digest)


def other_content() -> Refused:
    return Refused(
        "attempt_changed",
        gettext_noop(
            "This record was sent before with other content. If something in it was wrong, correct it there."
        ),
    )
