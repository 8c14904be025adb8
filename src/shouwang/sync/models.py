"""Devices in the field, what they have sent, and what of it nobody could make sense of."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.sync.enums import Outcome, Settling


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "device_id",
        "community",
        "entrance",
        "caseload",
        "responder",
        "name",
        "secret_digest",
        "enrolled_at",
        "enrolled_by",
        "revoked_at",
        "revoked_by",
        "revoke_reason",
        "seen_at",
        "app_version",
        "unsent",
        "oldest_unsent_at",
        "clock_ahead",
    ],
)
class Device(models.Model):
    """A phone that may send for one community. ``entrance`` is the gate it stands at, null for the whole area;
    ``caseload`` the caseload whose households it may list and ring, null for none; ``responder`` whose own phone it is,
    null where it is handed on from shift to shift.

    ``seen_at``, ``app_version``, ``unsent`` (records still on the phone), ``oldest_unsent_at`` and ``clock_ahead``
    (seconds by which its clock is ahead of ours) are as it last said.
    """

    community = models.BigIntegerField()
    device_id = models.UUIDField(unique=True)
    entrance = models.BigIntegerField(null=True)
    caseload = models.BigIntegerField(null=True)
    responder = models.BigIntegerField(null=True)
    name = models.CharField(max_length=40)
    secret_digest = models.BinaryField()
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    revoke_reason = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)
    app_version = models.CharField(max_length=40, blank=True)
    unsent = models.IntegerField(default=0)
    oldest_unsent_at = models.DateTimeField(null=True)
    clock_ahead = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["community", "entrance"], name="device_by_place")]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "entrance",
        "caseload",
        "responder",
        "name",
        "digest",
        "made_at",
        "made_by",
        "expires_at",
        "used_at",
        "installation",
        "device",
    ],
)
class Enrolment(models.Model):
    """A one-time code by which a phone becomes a device. Only a digest of it is kept.

    ``installation`` is the app that used it: the same one may be told the same again.
    """

    community = models.BigIntegerField()
    entrance = models.BigIntegerField(null=True)
    caseload = models.BigIntegerField(null=True)
    responder = models.BigIntegerField(null=True)
    name = models.CharField(max_length=40)
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    installation = models.UUIDField(null=True)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"enrolment {self.pk}"


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "device", "installation", "highest", "seen", "twice", "first_at", "last_at"],
)
class Sequence(models.Model):
    """What came of one installation of the app on one device, by sequence number, so that a gap shows.

    ``seen`` holds the numbers that came, as first and last of each unbroken run, in order: ``[1, 40, 43, 60]``.
    ``twice`` counts numbers that came with one record and then with another: two phones share this installation.
    """

    community = models.BigIntegerField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="sequences")
    installation = models.UUIDField()
    highest = models.IntegerField(default=0)
    seen = ArrayField(models.IntegerField(), default=list)
    twice = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "installation"], name="sequence_once_an_installation")
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.installation}"


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "device",
        "record_id",
        "kind",
        "digest",
        "outcome",
        "code",
        "received_at",
        "settled_at",
        "settled_by",
        "settling",
    ],
    sealed=["raw"],
)
class Quarantined(models.Model):
    """A record that could not be taken in: kept whole until the office has looked at it. ``raw`` is its JSON.

    ``record_id`` is what it called its id, whatever that was. Sent again it is the same row.
    """

    community = models.BigIntegerField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    record_id = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    digest = models.BinaryField()
    raw = SealedTextField()
    outcome = models.CharField(max_length=12, choices=[(o.value, o.value) for o in Outcome])
    code = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    settling = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Settling], blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "digest"], name="quarantined_once_a_content")
        ]
        indexes = [
            models.Index(
                fields=["community", "-received_at"], condition=Q(settled_at=None), name="quarantined_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
