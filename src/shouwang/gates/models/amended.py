"""What is kept beside the checks: which of a corrected one stands, and which temperatures still wait to be counted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.access.privacy import Retention, classed


@classed(
    retention=Retention.DAYS_60,
    internal=["id", "community", "check_id", "passing", "made_at", "stands"],
)
class Amendment(models.Model):
    """A check that was corrected, or that corrects. All those of one passing share ``passing``; one of them ``stands``.

    ``passing`` is the id of the first check, here or not; ``made_at`` when somebody passed, whenever it was corrected.
    A check that stands here nowhere was never corrected: it stands.
    """

    community = models.BigIntegerField()
    check_id = models.UUIDField()
    passing = models.UUIDField()
    made_at = models.DateTimeField()
    stands = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "check_id"], name="amendment_once_a_check"),
            models.UniqueConstraint(
                fields=["community", "passing"],
                condition=models.Q(stands=True),
                name="amendment_one_stands",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "made_at"], name="amendment_by_time"),
            models.Index(fields=["community", "passing"], name="amendment_by_passing"),
        ]

    def __str__(self) -> str:
        return str(self.check_id)


@classed(retention=Retention.DAYS_60, internal=["id", "community", "checks", "made_at"])
class Uncounted(models.Model):
    """Checks taken in together whose temperatures have not been counted in the rounds yet. Gone once they are."""

    community = models.BigIntegerField()
    checks = ArrayField(models.UUIDField())
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["community", "id"], name="uncounted_by_community")]

    def __str__(self) -> str:
        return f"{self.community} {len(self.checks)}"
