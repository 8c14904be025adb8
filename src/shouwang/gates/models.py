"""Passes, and the checks at the gates."""

from typing import Any

from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.gates.enums import Direction, PassKind, Verdict


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "pass_id",
        "code",
        "kind",
        "resident",
        "household",
        "valid_from",
        "valid_until",
        "issued_at",
        "issued_by",
        "revoked_at",
        "revoked_by",
        "revoke_reason",
    ],
)
class Pass(models.Model):
    """A leave to pass. ``pass_id`` is random and is what a signed token will carry; ``code`` is for reading aloud."""

    community = models.BigIntegerField()
    pass_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PassKind])
    resident = models.ForeignKey("people.Resident", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    revoke_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], name="pass_code_once"),
            models.UniqueConstraint(
                fields=["resident", "kind"], condition=Q(revoked_at=None), name="pass_open_once_a_resident"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__lt=models.F("valid_until")), name="pass_period_in_order"
            ),
        ]
        indexes = [models.Index(fields=["community", "household"], name="pass_by_household")]

    def __str__(self) -> str:
        return self.code


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "community",
        "id",
        "entrance",
        "pass_number",
        "pass_code",
        "household",
        "resident",
        "direction",
        "emergency",
        "verdict",
        "reason",
        "made_at",
        "received_at",
        "made_by",
        "corrects",
    ],
    personal=["temperature", "fever", "masked", "plate", "remarks"],
)
class Check(models.Model):
    """Fact: one person or vehicle at one gate, with what the rules answered. Denied ones are kept as well.

    ``pass_code`` is what was shown or typed, also where no pass has it; ``emergency`` means: not held up.
    """

    is_fact = True

    pk: Any = models.CompositePrimaryKey("community", "id")
    community = models.BigIntegerField()
    id = models.UUIDField()
    entrance = models.BigIntegerField()
    pass_number = models.BigIntegerField(null=True)
    pass_code = models.CharField(max_length=10, blank=True)
    household = models.BigIntegerField(null=True)
    resident = models.BigIntegerField(null=True)
    direction = models.CharField(max_length=3, choices=[(d.value, d.value) for d in Direction])
    emergency = models.BooleanField(default=False)
    verdict = models.CharField(max_length=5, choices=[(v.value, v.value) for v in Verdict])
    reason = models.CharField(max_length=40, blank=True)
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    fever = models.BooleanField(default=False)
    masked = models.BooleanField(null=True)
    plate = models.CharField(max_length=12, blank=True)
    remarks = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    corrects = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "entrance", "-made_at"], name="check_by_gate"),
            models.Index(fields=["community", "-made_at"], name="check_by_time"),
            models.Index(fields=["community", "household", "-made_at"], name="check_by_household"),
        ]

    def __str__(self) -> str:
        return str(self.id)


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "entrance", "day", "checks", "passed", "refused", "fevers"],
)
class GateDay(models.Model):
    """A gate's figures of one day, kept by the action that records checks, so that a city's page stays cheap."""

    community = models.BigIntegerField()
    entrance = models.ForeignKey("places.Entrance", models.PROTECT, related_name="+")
    day = models.DateField()
    checks = models.IntegerField(default=0)
    passed = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    fevers = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entrance", "day"], name="gate_day_once")]
        indexes = [models.Index(fields=["day", "community"], name="gate_day_by_day")]

    def __str__(self) -> str:
        return f"{self.entrance_id} {self.day}"
