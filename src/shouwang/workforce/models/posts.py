"""What is kept: posts, how many people each needs when, and the rules of an area's rosters."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.workforce.enums import PostKind


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "entrance", "name", "kind", "place", "instructions", "contact", "outdoors", "searches_women",
        "skills", "active", "order", "changed_at", "changed_by",
    ],
)  # fmt: skip
class Post(models.Model):
    """A post (岗) of a community: a gate, a patrol, a site, deliveries, a telephone. ``entrance``: the key of the gate.

    ``outdoors``: cold, and counted so in fairness. ``searches_women``: one woman on every shift. ``skills``: who keeps
    it has all of these. ``contact``: whom to ask, a number that may be shown to whoever keeps it.
    """

    community = models.BigIntegerField()
    entrance = models.BigIntegerField(null=True)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=[(s.value, s.value) for s in PostKind])
    place = models.CharField(max_length=80, blank=True)
    instructions = models.TextField(blank=True)
    contact = models.CharField(max_length=60, blank=True)
    outdoors = models.BooleanField(default=False)
    searches_women = models.BooleanField(default=False)
    skills = ArrayField(models.CharField(max_length=16), default=list)
    active = models.BooleanField(default=True)
    order = models.IntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["community", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=Q(active=True), name="post_name_once"
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="post_in_a_community"),
        ]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "post", "name", "starts", "minutes", "weekdays", "number", "women", "order"],
)
class Demand(models.Model):
    """A shift that the post asks for on some days: from ``starts`` (minutes after midnight, local) for ``minutes``, by
    ``number`` people, ``women`` of them at least. ``weekdays``: 0 Monday to 6 Sunday."""

    community = models.BigIntegerField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="demands")
    name = models.CharField(max_length=20, blank=True)
    starts = models.IntegerField()
    minutes = models.IntegerField()
    weekdays = ArrayField(models.IntegerField(), default=list)
    number = models.IntegerField(default=1)
    women = models.IntegerField(default=0)
    order = models.IntegerField(default=0)

    class Meta:
        ordering = ["post", "order", "starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__gte=0, starts__lt=1440, minutes__gt=0, minutes__lte=1440, number__gt=0),
                name="demand_of_a_day",
            ),
        ]


@classed(retention=Retention.CLOSE_OUT, internal=["community", "settings", "changed_at", "changed_by"])
class RosterRules(models.Model):
    """What an area has set otherwise than the rules of the house: names and values of ``rules.rostering.RULES``."""

    community = models.BigIntegerField(primary_key=True)
    settings = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
