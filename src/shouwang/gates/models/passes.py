"""Passes, the list of revoked ones, and who must stay in."""

from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.gates.enums import PassKind


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
        "area",
        "visit",
        "replaces",
        "valid_from",
        "valid_until",
        "issued_at",
        "issued_by",
        "revoked_at",
        "revoked_by",
        "revoke_reason",
        "renewed",
    ],
    personal=["holder", "plate", "purpose"],
)
class Pass(models.Model):
    """A leave to pass. ``pass_id`` is random and is what the signed token carries; ``code`` is for reading aloud.

    ``area`` is where it is good: the community itself, or the town or city above it for those who serve more than one.
    Who holds it: a resident; a visitor (``visit``; ``holder`` has the surname alone); a responder (``holder``, sent by
    ``purpose``); a household's vehicle (``plate``); a supply vehicle (``plate`` of the firm ``holder``).
    ``renewed``: the holder has the next pass already, which begins when this one ends; this one counts until then.
    """

    community = models.BigIntegerField()
    pass_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PassKind])
    resident = models.ForeignKey("people.Resident", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    area = models.BigIntegerField(null=True)
    holder = models.CharField(max_length=60, blank=True)
    plate = models.CharField(max_length=12, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    visit = models.UUIDField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    revoke_reason = models.CharField(max_length=200, blank=True)
    renewed = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], name="pass_code_once"),
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(revoked_at=None, renewed=False),
                name="pass_open_once_a_resident",
            ),
            models.UniqueConstraint(
                fields=["community", "plate"],
                condition=Q(revoked_at=None, renewed=False) & ~Q(plate=""),
                name="pass_open_once_a_plate",
            ),
            models.UniqueConstraint(
                fields=["community", "visit"], condition=Q(revoked_at=None), name="pass_open_once_a_visit"
            ),
            models.UniqueConstraint(
                fields=["community", "holder", "purpose"],
                condition=Q(revoked_at=None, renewed=False, kind=PassKind.RESPONDER.value),
                name="pass_open_once_a_responder",
            ),
            models.UniqueConstraint(fields=["replaces"], name="pass_replaced_once"),
            models.CheckConstraint(
                condition=Q(valid_from__lt=models.F("valid_until")), name="pass_period_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["community", "household"], name="pass_by_household"),
            models.Index(fields=["community", "-id"], name="pass_latest"),
        ]

    def __str__(self) -> str:
        return self.code


@classed(
    retention=Retention.CLOSE_OUT, internal=["id", "community", "number", "pass_id", "area", "expires_at"]
)
class Revocation(models.Model):
    """One line of the list of revoked passes that gates carry.

    ``number`` rises within a community and is the time in milliseconds, so that it rises even after the server was put
    back to an older copy of itself.
    """

    community = models.BigIntegerField()
    number = models.BigIntegerField()
    pass_id = models.UUIDField(unique=True)
    area = models.BigIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="revocation_number_once")]
        indexes = [models.Index(fields=["area", "number"], name="revocation_by_area")]

    def __str__(self) -> str:
        return f"{self.pass_id} {self.number}"


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "household",
        "resident",
        "made_at",
        "made_by",
        "ended_at",
        "ended_by",
        "source",
    ],
    personal=["reason", "since", "until"],
)
class Hold(models.Model):
    """A household, or one resident of it, that must stay in until (not including) ``until``: the gate shows red.

    ``reason`` is ``quarantine``; ``source`` says what set it, such as ``office``.
    """

    community = models.BigIntegerField()
    household = models.ForeignKey("people.Household", models.PROTECT, related_name="+")
    resident = models.ForeignKey("people.Resident", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "resident", "source"],
                condition=Q(ended_at=None),
                name="hold_open_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(since__lt=models.F("until")), name="hold_period_in_order"),
        ]
        indexes = [models.Index(fields=["community", "until"], name="hold_by_end")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.until}"
