"""What follows from a round: a fever that somebody must take, a household that is called back."""

from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.screening.enums import CallBackState, FeverEnd


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "id", "community", "household", "resident", "gate", "reading", "day", "source", "found_at",
        "taken_at", "taken_by", "ended_at", "ended_by",
    ],
    personal=["name", "whom", "temperature", "symptoms", "end", "where_to", "remarks"],
)  # fmt: skip
class FeverCall(models.Model):
    """A fever, or symptoms that must be looked at, found in a round: on headquarters' list until somebody ends it.

    The clock runs from ``found_at`` (when it was measured) to ``taken_at`` (somebody took it) to ``ended_at``. One open
    one a person; a second reading of the same day adds nothing. ``temperature`` in °C, null where symptoms alone
    raised it; ``symptoms`` the keys of the profile, comma separated.

    Of somebody on no roster ``resident`` is null: ``name`` and ``whom`` she visits are as she was registered at the
    ``gate``, ``household`` whom she visits if that is known, and ``reading`` is her visit, else the check.
    """

    community = models.BigIntegerField()
    household = models.BigIntegerField(null=True)
    resident = models.BigIntegerField(null=True)
    name = models.CharField(max_length=60, blank=True)
    whom = models.CharField(max_length=60, blank=True)
    gate = models.CharField(max_length=200, blank=True)
    reading = models.UUIDField()
    day = models.DateField()
    source = models.CharField(max_length=10)
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    symptoms = models.CharField(max_length=200, blank=True)
    found_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    end = models.CharField(max_length=12, blank=True, choices=[(e.value, e.value) for e in FeverEnd])
    where_to = models.CharField(max_length=80, blank=True)
    remarks = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "resident"],
                condition=models.Q(ended_at=None),
                name="fever_call_open_once",
            ),
            models.UniqueConstraint(fields=["community", "reading"], name="fever_call_once_a_reading"),
        ]
        indexes = [
            models.Index(fields=["community", "-found_at"], name="fever_call_by_time"),
            models.Index(fields=["community"], condition=models.Q(ended_at=None), name="fever_call_open"),
        ]


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "id", "community", "household", "day", "attempt", "channel", "made_by", "caseload", "why", "drawn_at",
        "drawn_by", "state", "found", "settled_at", "settled_by",
    ],
    personal=["keeper", "remarks"],
)  # fmt: skip
class CallBack(models.Model):
    """A household that somebody else rings again, to see whether what was recorded is so.

    ``why`` is ``sample`` (drawn at random) or the key of what made it worth a call back. ``attempt`` is what is looked
    at, made by ``made_by`` or the ``keeper`` of a phone; ``found`` the attempt of the one who rang again.
    """

    community = models.BigIntegerField()
    household = models.BigIntegerField()
    day = models.DateField()
    attempt = models.UUIDField()
    channel = models.CharField(max_length=10, blank=True)
    made_by = models.BigIntegerField(null=True)
    keeper = models.CharField(max_length=40, blank=True)
    caseload = models.BigIntegerField(null=True)
    why = models.CharField(max_length=20)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in CallBackState], default=CallBackState.OPEN
    )
    found = models.UUIDField(null=True)
    remarks = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "day", "household"], name="call_back_once_a_day")
        ]
        indexes = [models.Index(fields=["community", "-day"], name="call_back_by_day")]
