"""The completeness ledger: for each day and community, what became of everybody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.screening.enums import DayState

STATES = tuple(state.value for state in DayState)


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "day", "residents", "households", "states", "due", *STATES,
        "signed_off_at", "signed_off_by", "note", "updated_at",
    ],
)  # fmt: skip
class Ledger(models.Model):
    """One local day of one community as it stood when it was signed off, or when the day's cut-off passed unsigned.

    ``residents[i]`` of household ``households[i]`` was in ``states[i]`` (index into :data:`STATES`): a fixed
    denominator, ``due`` people, each in exactly one state. ``signed_off_by`` null with ``signed_off_at`` null: closed
    by the clock, nobody signed. What came later is told beside it, from the facts; this row is never rewritten.
    """

    community = models.BigIntegerField()
    day = models.DateField()
    residents = ArrayField(models.BigIntegerField())
    households = ArrayField(models.BigIntegerField())
    states = ArrayField(models.SmallIntegerField())
    due = models.IntegerField()
    reached = models.IntegerField()
    refused = models.IntegerField()
    unreachable = models.IntegerField()
    moved = models.IntegerField()
    away = models.IntegerField()
    not_tried = models.IntegerField()
    unassigned = models.IntegerField()
    signed_off_at = models.DateTimeField(null=True)
    signed_off_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "day"], name="ledger_once"),
            models.CheckConstraint(
                condition=models.Q(
                    due=models.F("reached") + models.F("refused") + models.F("unreachable") + models.F("moved")
                    + models.F("away") + models.F("not_tried") + models.F("unassigned")
                ),
                name="ledger_adds_up",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["day", "community"], name="ledger_by_day")]
