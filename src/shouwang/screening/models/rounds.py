"""Rounds, the attempts made in them, and the readings those brought."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shouwang.access.privacy import Retention, classed
from shouwang.screening.enums import AnsweredBy, Channel, Outcome, Slot


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "day",
        "slot",
        "opened_at",
        "opened_by",
        "closed_at",
        "households_due",
        "residents_due",
        "households_reached",
        "residents_reached",
        "residents_unassigned",
        "attempts",
        "fevers",
        "updated_at",
    ],
)
class Round(models.Model):
    """One screening round of one community.

    ``*_due`` count its :class:`DueList`: the residents present when it opens, and whoever the roster gains or loses
    until it closes. A household is reached when all its people due are. ``*_reached``, ``attempts`` (corrections are
    none), ``fevers`` (people with a fever reading) and ``residents_unassigned`` (not reached, in nobody's caseload) are
    kept by the actions that record facts, in the same transaction, so that a city's page reads 632 rows; ``queries``
    can recount them from the facts.
    """

    community = models.BigIntegerField()
    day = models.DateField()
    slot = models.CharField(max_length=5, choices=[(s.value, s.value) for s in Slot], default=Slot.DAY)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    households_due = models.IntegerField()
    residents_due = models.IntegerField()
    households_reached = models.IntegerField(default=0)
    residents_reached = models.IntegerField(default=0)
    residents_unassigned = models.IntegerField(default=0, db_default=0)
    attempts = models.IntegerField(default=0)
    fevers = models.IntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "day", "slot"], name="round_once"),
            models.CheckConstraint(
                condition=Q(
                    residents_reached__lte=F("residents_due"), households_reached__lte=F("households_due")
                ),
                name="round_reached_within_due",
            ),
        ]
        indexes = [models.Index(fields=["day", "community"], name="round_by_day")]

    @property
    def residents_not_reached(self) -> int:
        return self.residents_due - self.residents_reached


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "round", "community", "households", "residents", "twice", "evening_at", "unowned", "left_households",
        "left_residents", "updated_at",
    ],
)  # fmt: skip
class DueList(models.Model):
    """Who is to be reached in a round: person ``residents[i]`` of household ``households[i]``, each person once.

    Written when the round opens, followed while it is open (somebody comes, moves or goes), kept as it is afterwards:
    the proof that nobody was forgotten. One row of two arrays, because 20,000 rows a round would be millions a day.
    ``twice``: those of ``residents`` who are to be reached in both halves of the day, because they are in quarantine;
    the second half begins at ``evening_at``. ``unowned``: those of ``households`` that are in nobody's caseload.
    ``left_*``: who was due and went before anybody reached her.
    """

    round = models.OneToOneField(Round, models.PROTECT, primary_key=True, related_name="due_list")
    community = models.BigIntegerField()
    households = ArrayField(models.BigIntegerField())
    residents = ArrayField(models.BigIntegerField())
    twice = ArrayField(models.BigIntegerField(), default=list)
    evening_at = models.DateTimeField(null=True)
    unowned = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    left_households = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    left_residents = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    updated_at = models.DateTimeField()


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "community",
        "id",
        "round",
        "household",
        "channel",
        "outcome",
        "answered_by",
        "made_at",
        "received_at",
        "made_by",
        "corrects",
        "caseload",
        "device",
        "proxy",
        "digest",
    ],
    personal=["needs", "trouble", "remarks", "keeper"],
)
class Attempt(models.Model):
    """Fact: one call, visit or self-report of one household: reached or not, who answered, what is needed.

    ``trouble``: a quarrel or grievance somebody told of. ``keeper``: the name signed on at the phone it was made with
    (``device``, its key). ``caseload``: whose household it was then, null for nobody's. ``proxy``: a responder wrote it
    down for somebody who reports for herself but cannot. ``digest``: 16 bytes that stand for all it said, by which it
    is known again when it is sent again.
    """

    is_fact = True

    pk: Any = models.CompositePrimaryKey("community", "id")
    community = models.BigIntegerField()
    id = models.UUIDField()
    round = models.BigIntegerField()
    household = models.BigIntegerField()
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value) for o in Outcome])
    answered_by = models.CharField(max_length=20, choices=[(a.value, a.value) for a in AnsweredBy])
    needs = models.CharField(max_length=500, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    remarks = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    keeper = models.CharField(max_length=40, blank=True)
    device = models.BigIntegerField(null=True)
    caseload = models.BigIntegerField(null=True)
    proxy = models.BooleanField(default=False)
    digest = models.BinaryField(null=True)
    corrects = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "round", "household"], name="attempt_by_household"),
            models.Index(
                fields=["community", "round"], name="attempt_corrections", condition=Q(corrects__isnull=False)
            ),
            models.Index(
                fields=["community", "corrects"],
                name="attempt_corrected",
                condition=Q(corrects__isnull=False),
            ),
            models.Index(
                fields=["community", "round", "household"],
                name="attempt_self_told",
                condition=Q(channel=Channel.SELF.value),
            ),
            models.Index(
                fields=["community", "-made_at"],
                name="attempt_with_text",
                condition=~Q(needs="", trouble="", remarks=""),
            ),
        ]


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "community",
        "id",
        "round",
        "day",
        "household",
        "resident",
        "source",
        "source_id",
        "made_at",
        "received_at",
        "made_by",
        "corrects",
    ],
    personal=["temperature", "symptoms", "fever"],
)
class Reading(models.Model):
    """Fact: how one person is, as told or measured. A person with a reading in a round is *reached* in it.

    ``temperature`` in degrees Celsius, null when it was not taken; ``symptoms`` are keys of the disease profile, null
    when nobody asked, empty when asked and none; ``fever`` as the profile judged at the time. ``source_id`` is the
    attempt's, the check's or the observation's id. ``round`` is 0 for a gate's reading while no round is open: it
    awaits the day's round.
    """

    is_fact = True

    pk: Any = models.CompositePrimaryKey("community", "id")
    community = models.BigIntegerField()
    id = models.UUIDField()
    round = models.BigIntegerField()
    day = models.DateField()
    household = models.BigIntegerField()
    resident = models.BigIntegerField()
    source = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    source_id = models.UUIDField(null=True)
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    symptoms = ArrayField(models.CharField(max_length=20), null=True)
    fever = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    corrects = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "round", "household"], name="reading_by_round"),
            models.Index(fields=["community", "resident", "-made_at"], name="reading_by_resident"),
            models.Index(fields=["day", "community"], name="reading_fever", condition=Q(fever=True)),
            models.Index(
                fields=["community", "round"], name="reading_corrections", condition=Q(corrects__isnull=False)
            ),
            models.Index(
                fields=["community", "corrects"],
                name="reading_corrected",
                condition=Q(corrects__isnull=False),
            ),
        ]
