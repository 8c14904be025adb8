"""The checks at the gates, visitors registered there, and their figures."""

from typing import Any

from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.gates.enums import Direction, Verdict


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "community",
        "id",
        "entrance",
        "pass_number",
        "pass_id",
        "pass_kind",
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
        "device",
        "device_clock",
        "vehicle",
        "visit",
        "digest",
    ],
    personal=["temperature", "fever", "masked", "plate", "remarks", "why", "keeper"],
)
class Check(models.Model):
    """Fact: one person or vehicle at one gate, with what the rules answered. Denied ones are kept as well.

    ``pass_code`` and ``pass_id`` are what was typed or shown, also where no pass has it; ``emergency``: not held up.
    ``vehicle`` is the check of the vehicle this person sat in, ``visit`` her registration. What a device sent brings
    ``device``, ``device_clock``, the ``keeper`` who had signed on, and the ``digest`` of its content. ``why``: of a
    correction by the office.
    """

    is_fact = True

    pk: Any = models.CompositePrimaryKey("community", "id")
    community = models.BigIntegerField()
    id = models.UUIDField()
    entrance = models.BigIntegerField()
    pass_number = models.BigIntegerField(null=True)
    pass_id = models.UUIDField(null=True)
    pass_kind = models.CharField(max_length=10, blank=True)
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
    why = models.CharField(max_length=200, blank=True, default="", db_default="")
    device = models.BigIntegerField(null=True)
    device_clock = models.DateTimeField(null=True)
    keeper = models.CharField(max_length=40, blank=True)
    vehicle = models.UUIDField(null=True)
    visit = models.UUIDField(null=True)
    digest = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "entrance", "-made_at"], name="check_by_gate"),
            models.Index(fields=["community", "-made_at"], name="check_by_time"),
            models.Index(fields=["community", "household", "-made_at"], name="check_by_household"),
            models.Index(
                fields=["community", "corrects"],
                name="check_corrections",
                condition=models.Q(corrects__isnull=False),
            ),
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


@classed(
    retention=Retention.DAYS_60,
    internal=[
        "community",
        "id",
        "entrance",
        "household",
        "made_at",
        "received_at",
        "made_by",
        "device",
        "digest",
    ],
    personal=[
        "name",
        "id_tail",
        "id_digest",
        "phone_mask",
        "phone_digest",
        "whom",
        "why",
        "origin",
        "plate",
        "keeper",
    ],
    sealed=["id_number", "phone"],
)
class Visit(models.Model):
    """Fact: a visitor registered at a gate. ``whom`` as said, ``household`` where it was found."""

    is_fact = True

    pk: Any = models.CompositePrimaryKey("community", "id")
    community = models.BigIntegerField()
    id = models.UUIDField()
    entrance = models.BigIntegerField()
    name = models.CharField(max_length=60)
    id_number = SealedTextField(null=True)
    id_digest = models.BinaryField(null=True)
    id_tail = models.CharField(max_length=4, blank=True)
    phone = SealedTextField(null=True)
    phone_digest = models.BinaryField(null=True)
    phone_mask = models.CharField(max_length=20, blank=True)
    household = models.BigIntegerField(null=True)
    whom = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    plate = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    device = models.BigIntegerField(null=True)
    keeper = models.CharField(max_length=40, blank=True)
    digest = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["community", "-made_at"], name="visit_by_time")]

    def __str__(self) -> str:
        return str(self.id)


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "check_id", "entrance", "made_at", "told_at", "seen_at", "seen_by"],
    personal=["note"],
)
class EmergencyCall(models.Model):
    """An emergency that the office was told of, until somebody has taken it. ``check_id``: the first of its passing."""

    community = models.BigIntegerField()
    check_id = models.UUIDField(unique=True)
    entrance = models.BigIntegerField()
    made_at = models.DateTimeField()
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "-made_at"], name="emergency_by_time"),
            models.Index(fields=["community"], condition=models.Q(seen_at=None), name="emergency_open"),
        ]

    def __str__(self) -> str:
        return str(self.check_id)
