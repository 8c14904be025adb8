"""What becomes of a roster: swaps, absences, who came, what was handed over, and who is asked too much of."""

from typing import Any

from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.workforce.enums import AbsenceReason, AttendanceHow, AttendanceKind, StrainKind, SwapState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "shift", "offered_by", "to", "in_return", "taken_by", "state", "source_id", "offered_at",
        "taken_at", "settled_at", "settled_by", "refusal",
    ],
    personal=["text"],
)  # fmt: skip
class Swap(models.Model):
    """A shift offered to somebody (``to``; null: to whoever can), taken, and approved by the office or by the rule.

    ``in_return``: the shift that is given for it. ``refusal``: why it cannot be, as the rules said it.
    """

    community = models.BigIntegerField()
    shift = models.ForeignKey("workforce.Shift", models.PROTECT, related_name="swaps")
    offered_by = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="+")
    to = models.ForeignKey("workforce.Responder", models.PROTECT, null=True, related_name="+")
    in_return = models.ForeignKey("workforce.Shift", models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey("workforce.Responder", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in SwapState])
    text = models.CharField(max_length=120, blank=True)
    source_id = models.UUIDField(null=True, unique=True)
    offered_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    refusal = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state__in=["offered", "taken"]), name="swap_open_once"
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="swap_by_state")]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "responder",
        "starts_at",
        "ends_at",
        "told_at",
        "told_by",
        "source_id",
        "withdrawn_at",
    ],
    personal=["reason", "text"],
)
class Absence(models.Model):
    """Somebody cannot come from ``starts_at`` to ``ends_at`` (null: until she says so). Her shifts then need cover."""

    community = models.BigIntegerField()
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=8, choices=[(s.value, s.value) for s in AbsenceReason])
    text = models.CharField(max_length=120, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    source_id = models.UUIDField(null=True, unique=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["responder"], condition=Q(withdrawn_at=None), name="absence_by_responder")
        ]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "responder",
        "shift",
        "post",
        "kind",
        "how",
        "made_at",
        "received_at",
        "device",
        "by",
    ],
)
class Attendance(models.Model):
    """Somebody came to her post or left it: a fact, told by her phone, a gate or the office. No foreign keys."""

    is_fact = True

    pk: Any = models.CompositePrimaryKey("community", "id")
    community = models.BigIntegerField()
    id = models.UUIDField()
    responder = models.BigIntegerField()
    shift = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=3, choices=[(s.value, s.value) for s in AttendanceKind])
    how = models.CharField(max_length=6, choices=[(s.value, s.value) for s in AttendanceHow])
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    device = models.UUIDField(null=True)
    by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "responder", "-made_at"], name="attendance_by_responder"),
            models.Index(fields=["community", "-made_at"], name="attendance_by_time"),
        ]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "post", "shift", "responder", "made_at", "received_at", "device", "read_by"],
    personal=["text"],
)
class HandoverNote(models.Model):
    """What whoever leaves a post tells the next: kept once by the id minted on her phone."""

    id = models.UUIDField(primary_key=True)
    community = models.BigIntegerField()
    post = models.ForeignKey("workforce.Post", models.PROTECT, related_name="+")
    shift = models.ForeignKey("workforce.Shift", models.SET_NULL, null=True, related_name="+")
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    device = models.UUIDField(null=True)
    read_by = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["post", "-made_at"], name="handover_note_by_post")]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "responder", "day", "seen_at", "seen_by"],
    personal=["kind", "figures", "answer"],
)
class Strain(models.Model):
    """Somebody is asked too much of, seen in the figures before she says so; the office sees it and answers.

    ``figures``: what was counted and where the bound is, ``{"counted": 54, "bound": 48}``.
    """

    community = models.BigIntegerField()
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=[(s.value, s.value) for s in StrainKind])
    day = models.DateField()
    figures = models.JSONField(default=dict)
    answer = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["responder", "kind", "day"], name="strain_once_a_day"),
        ]
        indexes = [models.Index(fields=["community"], condition=Q(seen_at=None), name="strain_to_see")]
