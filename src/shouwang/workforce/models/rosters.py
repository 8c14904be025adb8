"""Who keeps which post when, and what she wishes."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from shouwang.access.privacy import Retention, classed
from shouwang.workforce.enums import RosterState, ShiftSource, ShiftState, WishKind


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "from_day", "until_day", "state", "made_at", "made_by", "seed", "seconds", "took",
        "objective", "bound", "short", "refusal", "published_at", "published_by", "settled_at", "settled_by",
    ],
)  # fmt: skip
class Roster(models.Model):
    """The roster of a community from ``from_day`` through ``until_day``: a proposal until it is published.

    ``short``: what nobody could be found for, ``[{"day", "demand", "missing", "why"}]``.
    """

    community = models.BigIntegerField()
    from_day = models.DateField()
    until_day = models.DateField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RosterState])
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    seed = models.IntegerField(default=1)
    seconds = models.FloatField(default=0)
    took = models.FloatField(default=0)
    objective = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    short = models.JSONField(default=list)
    refusal = models.JSONField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=Q(state__in=["working", "proposed"]), name="roster_open_once"
            ),
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="roster_of_days"),
        ]
        indexes = [models.Index(fields=["community", "-from_day"], name="roster_by_time")]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "roster", "post", "demand", "responder", "day", "starts_at", "ends_at", "state", "pinned",
        "source", "replaces", "reasons", "changed_at", "changed_by",
    ],
)  # fmt: skip
class Shift(models.Model):
    """One person keeps one post once (班). ``day`` is the local day on which it begins. A published shift of hers never
    overlaps another: the database refuses it. ``replaces``: the shift of somebody else that this one stands in for.
    """

    community = models.BigIntegerField()
    roster = models.ForeignKey(Roster, models.PROTECT, null=True, related_name="shifts")
    post = models.ForeignKey("workforce.Post", models.PROTECT, related_name="+")
    demand = models.ForeignKey("workforce.Demand", models.SET_NULL, null=True, related_name="+")
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="shifts")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ShiftState])
    pinned = models.BooleanField(default=False)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ShiftSource])
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reasons = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # Ranges of one number stand for the number: plain GiST compares ranges, so no extension is needed.
            ExclusionConstraint(
                name="shift_never_twice_at_once",
                expressions=[
                    (
                        Func("responder_id", "responder_id", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func("starts_at", "ends_at", function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="published"),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_of_some_time"),
            models.CheckConstraint(condition=Q(community__gt=0), name="shift_in_a_community"),
        ]
        indexes = [
            models.Index(fields=["community", "day"], name="shift_by_day"),
            models.Index(fields=["responder", "day"], name="shift_by_responder"),
            models.Index(fields=["roster"], name="shift_by_roster"),
        ]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "responder",
        "kind",
        "day",
        "post",
        "weight",
        "made_at",
        "made_by",
        "source_id",
        "active",
    ],
    personal=["text"],
)
class Wish(models.Model):
    """What a responder wishes of her roster. ``weight`` 1 (would be nice) to 3 (matters much). ``source_id``: the
    record of her phone that said so, once."""

    community = models.BigIntegerField()
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=10, choices=[(s.value, s.value) for s in WishKind])
    day = models.DateField(null=True)
    post = models.ForeignKey("workforce.Post", models.PROTECT, null=True, related_name="+")
    weight = models.IntegerField(default=1)
    text = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    source_id = models.UUIDField(null=True, unique=True)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["responder"], condition=Q(active=True), name="wish_by_responder")]
