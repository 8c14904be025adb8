"""The links behind the doors, how often they were used, and who guesses."""

from django.db import models

from shouwang.access.privacy import Retention, classed


@classed(retention=Retention.PERMANENT, public=["number", "area"])
class DoorPlace(models.Model):
    """The number by which short codes name a community: ``area`` is its code."""

    number = models.SmallAutoField(primary_key=True)
    area = models.BigIntegerField(unique=True)


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "household", "serial", "made_at", "made_by", "renewed_at", "used_at", "uses",
        "reported_on", "reports", "again_at",
    ],
    sealed=["token_digest", "code_digest"],
)  # fmt: skip
class DoorLink(models.Model):
    """What opens the page of one household and of no other. One each; renewing it kills what was printed before.

    Token and code follow from household and ``serial`` by the server's key (``rules.links``); kept are their digests.
    ``used_at``: when the page was last opened or reported from; ``reports`` self-reports in all, ``reported_on`` the
    day of the last. ``again_at``: since when its card is to be handed out again, because another household was put
    together with this one; null: to nobody.
    """

    community = models.BigIntegerField()
    household = models.BigIntegerField()
    serial = models.SmallIntegerField(default=0)
    token_digest = models.BinaryField()
    code_digest = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    renewed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    uses = models.IntegerField(default=0)
    reported_on = models.DateField(null=True)
    reports = models.IntegerField(default=0)
    again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "household"], name="door_link_once"),
            models.UniqueConstraint(fields=["community", "token_digest"], name="door_link_token"),
            models.UniqueConstraint(fields=["community", "code_digest"], name="door_link_code"),
        ]


@classed(retention=Retention.CLOSE_OUT, internal=["id", "community", "day", "households", "reports"])
class DoorDay(models.Model):
    """How many households of a community reported themselves on a local day, and how often: kept beside the facts."""

    community = models.BigIntegerField()
    day = models.DateField()
    households = models.IntegerField(default=0)
    reports = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "day"], name="door_day_once")]


@classed(retention=Retention.LOADED, internal=["id", "address", "since", "wrong"])
class DoorGuess(models.Model):
    """Wrong codes typed from one address since ``since``: ``address`` is a keyed digest, or empty for all together.

    A wrong code belongs to no place, so this table stands outside the wall; it says nothing about anybody here.
    """

    address = models.BinaryField(unique=True)
    since = models.DateTimeField()
    wrong = models.IntegerField(default=0)
