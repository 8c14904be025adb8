"""Caseloads: who reaches which households, and the divisions proposed for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shouwang.access.privacy import Retention, classed
from shouwang.workforce.enums import DivisionState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "name",
        "order",
        "caller",
        "active",
        "created_at",
        "changed_at",
        "changed_by",
    ],
    personal=["caller_name"],
)
class Caseload(models.Model):
    """The households that one caller reaches. ``caller`` has an account; a volunteer without one has a name only.

    With neither, nobody carries it: its households stay together but count as unassigned.
    """

    community = models.BigIntegerField()
    name = models.CharField(pgettext_lazy("caseload", "name"), max_length=20)
    order = models.IntegerField(default=0)
    caller = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    caller_name = models.CharField(max_length=60, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["community", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=Q(active=True), name="caseload_name_once"
            ),
            models.CheckConstraint(
                condition=Q(caller=None) | Q(caller_name=""), name="caseload_one_kind_of_caller"
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="caseload_in_a_community"),
        ]
        indexes = [models.Index(fields=["caller"], name="caseload_by_caller", condition=Q(active=True))]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT, internal=["household", "community", "caseload", "fixed", "since", "put_by"]
)
class Assignment(models.Model):
    """Which caseload a household is in: one row a household, so it cannot have two owners.

    ``fixed``: a person put it there, and no division moves it. Without a caseload a person took it out of one, and
    only a person or a division gives it another.
    """

    household = models.BigIntegerField(primary_key=True)
    community = models.BigIntegerField()
    caseload = models.ForeignKey(Caseload, models.PROTECT, null=True, related_name="assignments")
    fixed = models.BooleanField(default=False)
    since = models.DateTimeField()
    put_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["community", "caseload"], name="assignment_by_caseload")]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "state", "made_at", "made_by", "seed", "seconds", "took", "objective", "bound", "version",
        "loads", "households", "callers", "moved", "split", "refusal", "settled_at", "settled_by", "leaver",
    ],
)  # fmt: skip
class Division(models.Model):
    """A proposed division of a community's households, until somebody accepts or discards it.

    ``loads`` are the caseloads proposed, ``{"caseload": id or null for a new one, "name", "centre": household}``;
    ``households[i]`` goes to ``loads[callers[i]]``. Two arrays, because a row for each of 8,000 households would be
    read and written as a whole anyway. ``moved`` households change from one caller to another. ``version`` names the
    rules it was made with, ``seconds`` how long the planner was allowed to search, ``took`` how long it did, ``bound``
    below which no division goes (null: not known). ``leaver``: the caseload whose households are given to the others.
    """

    community = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in DivisionState])
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    seed = models.IntegerField(default=1)
    seconds = models.FloatField()
    took = models.FloatField(default=0)
    objective = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    version = models.CharField(max_length=20)
    loads = models.JSONField(default=list)
    households = models.JSONField(default=list)
    callers = models.JSONField(default=list)
    moved = models.IntegerField(default=0)
    split = models.JSONField(default=list)
    leaver = models.ForeignKey(Caseload, models.PROTECT, null=True, related_name="+")
    refusal = models.JSONField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(state__in=["working", "proposed"]),
                name="division_open_once",
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="division_in_a_community"),
        ]
        indexes = [models.Index(fields=["community", "-made_at"], name="division_by_time")]
