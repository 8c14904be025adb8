"""What households need, and each time they told of it."""

from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.supplies.enums import WAITING, RequestSource, RequestState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "household", "urgent", "asked_at", "state", "taken_at", "taken_by", "settled_at",
        "settled_by", "updated_at",
    ],
    personal=["resident", "text", "answer"],
)  # fmt: skip
class Request(models.Model):
    """A need of a household: open until somebody takes it and says what came of it.

    ``text`` and ``asked_at`` are those of its first telling; ``urgent`` if any telling is. ``answer`` is shown to the
    household. ``resident``: whose need it is, where that was said.
    """

    community = models.BigIntegerField()
    household = models.BigIntegerField()
    resident = models.BigIntegerField(null=True)
    text = models.CharField(max_length=500)
    urgent = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in RequestState], default=RequestState.OPEN
    )
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-asked_at"], name="request_by_time"),
            models.Index(fields=["community", "household"], name="request_by_household"),
            models.Index(
                fields=["community", "asked_at"],
                condition=Q(state__in=[s.value for s in WAITING]),
                name="request_waiting",
            ),
        ]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "request",
        "source",
        "source_id",
        "urgent",
        "asked_at",
        "told_at",
        "told_by",
        "apart",
    ],
    personal=["text", "resident"],
)
class Telling(models.Model):
    """One time a need was told, and by which way; ``source_id``, the record it was told in, comes once.

    ``asked_at``: when the household said it; ``told_at``: when it came here. ``apart``: the office has said that it is
    a need of its own, not the one it had been joined with.
    """

    community = models.BigIntegerField()
    request = models.ForeignKey(Request, models.PROTECT, related_name="tellings")
    text = models.CharField(max_length=500)
    resident = models.BigIntegerField(null=True)
    urgent = models.BooleanField(default=False)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in RequestSource])
    source_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    apart = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "source_id"], name="telling_once_a_source")
        ]
