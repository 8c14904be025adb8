"""Lists of returnees from above, each closed line by line."""

from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.people.enums import LineHow, LineState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "name", "agency", "digest", "rows", "received_at", "received_by", "closed_at",
        "closed_by",
    ],
    sealed=["content"],
)  # fmt: skip
class ReturneeList(models.Model):
    """A list as it came. ``community`` is the code of the area whose list it is: a city, a town or a community.

    ``agency`` who sent it, ``digest`` SHA-256 of the file, so that the same file twice is the same list.
    ``content`` is the file, base64, while it waits to be looked at and loaded; then the lines are all of it.
    Closed when every line is settled.
    """

    community = models.BigIntegerField()
    name = models.CharField(max_length=120)
    agency = models.CharField(max_length=60, blank=True)
    digest = models.BinaryField()
    content = SealedTextField(null=True)
    rows = models.IntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "digest"], name="returnee_list_once")]
        indexes = [models.Index(fields=["community", "-received_at"], name="returnee_list_by_time")]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "listed_in",
        "list_name",
        "sheet",
        "row",
        "part",
        "sighting",
        "state",
        "how",
        "settled_at",
        "settled_by",
    ],
    personal=["proof", "issues"],
    sealed=["cells"],
)
class ListLine(models.Model):
    """One line of a list: found (``sighting``), not here with a ``proof``, or being looked for.

    ``community`` is where the line is looked for, the list's own area while nobody knows. ``cells`` is the whole line
    as it came and what was read of it, JSON; ``issues`` what could not be read, as ``[[column letter, code], …]``.
    ``part`` counts the people of a line that names several. ``list_name`` stands here too, because the list itself may
    be of an area that the community does not see. ``how`` a line was found: a `LineHow`.
    """

    community = models.BigIntegerField()
    listed_in = models.ForeignKey(ReturneeList, models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=60, blank=True)
    list_name = models.CharField(max_length=120, blank=True)
    row = models.IntegerField()
    part = models.SmallIntegerField(default=0)
    cells = SealedTextField()
    issues = models.JSONField(default=list)
    sighting = models.ForeignKey("people.Sighting", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in LineState], default=LineState.LOOKING
    )
    how = models.CharField(max_length=8, blank=True, choices=[(h.value, h.value) for h in LineHow])
    proof = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listed_in", "sheet", "row", "part"], name="list_line_once"),
            models.CheckConstraint(
                condition=~models.Q(state="not_here") | ~models.Q(proof=""),
                name="list_line_not_here_with_proof",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="list_line_by_state"),
            models.Index(fields=["sighting"], name="list_line_by_sighting"),
        ]
