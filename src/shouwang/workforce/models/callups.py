"""Calls for people, what each area needs, and what each agency is asked for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.workforce.enums import CallUpState, Duty, NeedSource, NeedState


@classed(
    retention=Retention.CLOSE_OUT,
    public=["title", "text", "from_day", "until_day", "closes_at"],
    internal=[
        "id",
        "community",
        "state",
        "link_digest",
        "published_at",
        "created_at",
        "changed_at",
        "changed_by",
    ],
)
class CallUp(models.Model):
    """A call for people (动员令) of a city; ``community`` is the city's code. While it is open people apply by its link
    and agencies nominate; ``closes_at`` null: until it is closed by hand."""

    community = models.BigIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    closes_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in CallUpState])
    link_digest = models.BinaryField(null=True, unique=True)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(community__gt=0), name="callup_in_a_city")]

    def __str__(self) -> str:
        return self.title


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "callup", "source", "state", "duty", "number", "women", "skills", "from_day", "until_day",
        "urgent", "text", "answer", "made_at", "made_by", "answered_at", "answered_by",
    ],
)  # fmt: skip
class Need(models.Model):
    """So many people are needed in an area (``community``: a community's or a village's code), for a duty.

    ``women``: at least so many of ``number``, where a task asks for it. An area that asks by itself (及时雨) writes
    ``text``; headquarters answers with ``answer``, and both see it.
    """

    community = models.BigIntegerField()
    callup = models.ForeignKey(CallUp, models.PROTECT, null=True, related_name="needs")
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in NeedSource])
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in NeedState])
    duty = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Duty])
    number = models.IntegerField()
    women = models.IntegerField(default=0)
    skills = ArrayField(models.CharField(max_length=16), default=list)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    urgent = models.BooleanField(default=False)
    text = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gt=0, women__gte=0, women__lte=models.F("number")), name="need_of_some"
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="need_in_an_area"),
        ]
        indexes = [models.Index(fields=["community", "state"], name="need_by_area")]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "callup", "agency", "area", "number", "changed_at", "changed_by"],
)
class Quota(models.Model):
    """Agency X sends ``number`` people to ``area`` (null: anywhere). ``community`` is the city's code."""

    community = models.BigIntegerField()
    callup = models.ForeignKey(CallUp, models.PROTECT, related_name="quotas")
    agency = models.ForeignKey("workforce.Agency", models.PROTECT, related_name="+")
    area = models.BigIntegerField(null=True)
    number = models.IntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["callup", "agency", "area"], nulls_distinct=False, name="quota_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="quota_of_some"),
        ]
