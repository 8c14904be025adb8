"""Round sheets on paper: what was printed, so that it can be typed back line by line."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.access.privacy import Retention, classed


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "caseload", "day", "households", "people", "attempts", "printed_at", "printed_by",
        "typed_at", "typed_by",
    ],
)  # fmt: skip
class Sheet(models.Model):
    """One printed round sheet of a caseload for one day.

    Line ``i`` is household ``households[i]`` with its residents ``people[i]`` in the order of the paper; whatever is
    typed of it becomes the attempt ``attempts[i]``, whoever types it and however often.
    """

    community = models.BigIntegerField()
    caseload = models.BigIntegerField()
    day = models.DateField()
    households = ArrayField(models.BigIntegerField())
    people = models.JSONField()
    attempts = ArrayField(models.UUIDField())
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    typed_at = models.DateTimeField(null=True)
    typed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["caseload", "-printed_at"], name="sheet_by_caseload")]
