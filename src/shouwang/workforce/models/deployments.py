"""Who is sent where, and the plans proposed for it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from shouwang.access.privacy import Retention, classed
from shouwang.workforce.enums import DeploymentState, DivisionState, Duty, EndReason


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "responder", "need", "plan", "duty", "from_day", "until_day", "state", "fixed", "reasons",
        "sent_at", "sent_by", "arrived_at", "ended_at", "ended_by", "end_reason", "note",
    ],
)  # fmt: skip
class Deployment(models.Model):
    """A responder serves in an area (``community``) for some days (派驻); ``until_day``, inclusive, null while nobody
    has said. Nobody is in two areas on one day: the database refuses it.

    ``fixed``: a person named her for this area, and no plan moves her. ``reasons`` are codes of the planner: why here.
    """

    community = models.BigIntegerField()
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="deployments")
    need = models.ForeignKey("workforce.Need", models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey("workforce.DeploymentPlan", models.PROTECT, null=True, related_name="+")
    duty = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in Duty], default=Duty.GENERAL.value
    )
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in DeploymentState])
    fixed = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=12, blank=True, choices=[(s.value, s.value) for s in EndReason])
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # Ranges of one number stand for the number: plain GiST compares ranges, so no extension is needed.
            ExclusionConstraint(
                name="deployment_in_one_place",
                expressions=[
                    (
                        Func("responder_id", "responder_id", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func("from_day", "until_day", Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")),
            ),
            models.UniqueConstraint(
                fields=["responder"], condition=Q(state__in=["sent", "present"]), name="deployment_open_once"
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="deployment_in_an_area"),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="deployment_by_area"),
            models.Index(fields=["responder", "-from_day"], name="deployment_by_responder"),
        ]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "callup", "state", "made_at", "made_by", "seed", "seconds", "took", "objective", "bound",
        "responders", "areas", "needs", "reasons", "short", "moved", "basis", "refusal", "settled_at", "settled_by",
    ],
)  # fmt: skip
class DeploymentPlan(models.Model):
    """A proposed deployment of a city, until somebody accepts or discards it. ``community`` is the city's code.

    ``responders[i]`` goes to ``areas[i]`` (null: stands by) for the need ``needs[i]`` (null: none in particular), for
    ``reasons[i]``. ``short``: what stays open and why. ``moved``: who serves elsewhere today. ``basis``: what the plan
    was made of, so that one made of old news is not accepted unseen.
    """

    community = models.BigIntegerField()
    callup = models.ForeignKey("workforce.CallUp", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in DivisionState])
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    seed = models.IntegerField(default=1)
    seconds = models.FloatField()
    took = models.FloatField(default=0)
    objective = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    responders = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    short = models.JSONField(default=list)
    moved = models.IntegerField(default=0)
    basis = models.CharField(max_length=64, blank=True)
    refusal = models.JSONField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(state__in=["working", "proposed"]),
                name="deployment_plan_open_once",
            ),
        ]
