"""A person who came back from elsewhere, and whether two sightings are one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.people.enums import Joining, ReturneeState, Risk


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "household", "resident", "state", "by_hand", "created_at", "updated_at", "updated_by",
    ],
    personal=[
        "name", "origin", "origin_code", "route", "arrived_on", "last_there_on", "companions", "risk", "declared_on",
        "remarks",
    ],
)  # fmt: skip
class Returnee(models.Model):
    """One person who came from elsewhere, put together from her sightings.

    ``origin_code`` is the 12-digit code of the division she came from (trailing zeros above its level), null while only
    its name is known. ``last_there_on`` the last day in a place of risk, ``declared_on`` the day she or her family
    said so themselves: late is thanked, and counts no less. ``by_hand`` names the facts that the office has set; the
    others follow her sightings.
    """

    community = models.BigIntegerField()
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    resident = models.ForeignKey("people.Resident", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    origin = models.CharField(max_length=60, blank=True)
    origin_code = models.BigIntegerField(null=True)
    route = models.CharField(max_length=200, blank=True)
    arrived_on = models.DateField(null=True)
    last_there_on = models.DateField(null=True)
    companions = models.CharField(max_length=200, blank=True)
    risk = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Risk], default=Risk.UNKNOWN)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ReturneeState], default=ReturneeState.HERE
    )
    declared_on = models.DateField(null=True)
    remarks = models.CharField(max_length=500, blank=True)
    by_hand = ArrayField(models.CharField(max_length=20), default=list)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(community__gt=0), name="returnee_in_a_community"),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="returnee_by_state"),
            models.Index(fields=["resident"], name="returnee_by_resident"),
            models.Index(fields=["household"], name="returnee_by_household"),
        ]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "one", "other", "joining", "by_rule", "decided_at", "decided_by", "undone_at", "undone_by",
    ],
    personal=["score", "reasons"],
)  # fmt: skip
class Pair(models.Model):
    """Two sightings that are, may be, or are not one person. ``one`` < ``other`` are ids of sightings.

    ``joining`` ``ask`` waits for somebody to look at both; ``by_rule`` is true where the rules were sure. ``score`` is
    0 to 1; ``reasons`` the codes of ``rules.returnees`` that speak for and against. Undoing a decision keeps the row
    and asks again.
    """

    community = models.BigIntegerField()
    one = models.ForeignKey("people.Sighting", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Sighting", models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    joining = models.CharField(max_length=6, choices=[(j.value, j.value) for j in Joining])
    by_rule = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(fields=["community"], condition=models.Q(joining="ask"), name="pair_to_ask"),
            models.Index(fields=["other"], name="pair_by_other"),
        ]
