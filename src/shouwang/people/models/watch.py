"""Watch periods: who is looked after more closely, until when."""

from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.people.enums import WatchReason


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "household", "resident", "returnee", "reason", "twice_daily", "from_day", "until_day",
        "started_at", "started_by", "closed_at", "closed_by",
    ],
)  # fmt: skip
class Watch(models.Model):
    """A resident is watched from ``from_day`` through ``until_day``, both local days, both included.

    ``twice_daily``: to be reached in the morning and in the evening (quarantine). ``closed_at`` null: still open, to
    be closed on the day after ``until_day``; nobody is called by habit after the end. One open watch a resident and
    reason.
    """

    community = models.BigIntegerField()
    household = models.BigIntegerField()
    resident = models.BigIntegerField()
    returnee = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=12, choices=[(r.value, r.value) for r in WatchReason])
    twice_daily = models.BooleanField(default=False)
    from_day = models.DateField()
    until_day = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "resident", "reason"],
                condition=models.Q(closed_at=None),
                name="watch_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until_day__gte=models.F("from_day")), name="watch_forwards"
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "until_day"], condition=models.Q(closed_at=None), name="watch_open"
            ),
            models.Index(fields=["until_day"], condition=models.Q(closed_at=None), name="watch_to_close"),
            models.Index(fields=["resident"], name="watch_by_resident"),
        ]
