"""Offers to serve: by the people themselves, and in the lists that agencies send."""

from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.workforce.enums import ApplicationSource, ApplicationState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "callup", "responder", "source", "state", "made_at", "changed_at"],
    personal=["text", "from_day", "until_day"],
)
class Application(models.Model):
    """One person's offer to one call-up (请战), one row whoever sent it how often. ``community`` is the city's code.

    ``text`` is what she wrote; ``from_day`` to ``until_day`` when she can.
    """

    community = models.BigIntegerField()
    callup = models.ForeignKey("workforce.CallUp", models.PROTECT, related_name="applications")
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="applications")
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ApplicationSource])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ApplicationState])
    text = models.CharField(max_length=1000, blank=True)
    from_day = models.DateField(null=True)
    until_day = models.DateField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["callup", "responder"], name="application_once"),
            models.CheckConstraint(condition=Q(community__gt=0), name="application_in_a_city"),
        ]
        indexes = [models.Index(fields=["callup", "state"], name="application_by_state")]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "application", "was", "state", "at", "by", "by_agency", "note"],
)
class ApplicationStep(models.Model):
    """One step of an application's history: from which state to which, when, by whom. ``was`` empty: it came in."""

    community = models.BigIntegerField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="steps")
    was = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    by_agency = models.ForeignKey("workforce.Agency", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["application", "at"], name="application_step_by_time")]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "callup",
        "agency",
        "name",
        "digest",
        "rows",
        "received_at",
        "received_by",
        "loaded_at",
    ],
)
class AgencyList(models.Model):
    """A list that an agency sent, as a file. The same file twice is one list; a corrected one settles what differs."""

    community = models.BigIntegerField()
    callup = models.ForeignKey("workforce.CallUp", models.PROTECT, related_name="+")
    agency = models.ForeignKey("workforce.Agency", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    digest = models.BinaryField()
    rows = models.IntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["callup", "agency", "digest"], name="agency_list_once")
        ]


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "of", "row", "faults", "application"],
    sealed=["cells"],
)
class AgencyListLine(models.Model):
    """One row of a list as it was written (``cells``, JSON, sealed); ``faults`` say by column what is wrong with it."""

    community = models.BigIntegerField()
    of = models.ForeignKey(AgencyList, models.CASCADE, related_name="lines")
    row = models.IntegerField()
    cells = SealedTextField()
    faults = models.JSONField(default=list)
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="agency_list_line_once")]
