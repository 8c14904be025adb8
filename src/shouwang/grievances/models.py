"""Quarrels, complaints and tips, until somebody has answered them."""

from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.grievances.enums import WAITING, MatterKind, MatterSource, MatterState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "household", "kind", "about_office", "source", "source_id", "told_at", "added_at",
        "added_by", "answer_by", "state", "taken_at", "taken_by", "settled_at", "settled_by",
    ],
    personal=["text", "answer"],
)  # fmt: skip
class Matter(models.Model):
    """Something that somebody must look into and answer by the end of the local day ``answer_by``.

    ``household`` null: the one who told it was not named. ``about_office``: the community's own office is complained
    about, so that whoever settles it has more than that community. ``answer`` is shown to the household.
    ``source_id``, the record it was told in, comes once.
    """

    community = models.BigIntegerField()
    household = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MatterKind])
    about_office = models.BooleanField(default=False)
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in MatterSource])
    source_id = models.UUIDField(null=True)
    told_at = models.DateTimeField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    answer_by = models.DateField()
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in MatterState], default=MatterState.OPEN
    )
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "source_id"], name="matter_once_a_source")
        ]
        indexes = [
            models.Index(fields=["community", "-told_at"], name="matter_by_time"),
            models.Index(fields=["community", "household"], name="matter_by_household"),
            models.Index(
                fields=["community", "answer_by"],
                condition=Q(state__in=[s.value for s in WAITING]),
                name="matter_waiting",
            ),
        ]
