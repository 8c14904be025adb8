"""What somebody says the roster should say, until the office confirms it."""

from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.people.enums import ProposalKind, ProposalSource, ProposalState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "household", "resident", "kind", "source", "source_id", "state", "made_at", "settled_at",
        "settled_by", "settled_as",
    ],
    sealed=["said"],
    personal=["remarks"],
)  # fmt: skip
class Proposal(models.Model):
    """A change of the roster that a caller, a gate or the household itself told of: somebody moved in or away, a wrong
    name or number. ``said`` is JSON of the fields of ``rules.proposals``; ``settled_as`` the resident it made or
    changed.
    """

    community = models.BigIntegerField()
    household = models.BigIntegerField(null=True)
    resident = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ProposalKind])
    said = SealedTextField()
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ProposalSource])
    source_id = models.UUIDField(null=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ProposalState], default=ProposalState.OPEN
    )
    remarks = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    settled_as = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "source_id"], name="proposal_once")]
        indexes = [
            models.Index(fields=["community"], condition=models.Q(state="open"), name="proposal_open"),
            models.Index(fields=["community", "household"], name="proposal_by_household"),
        ]
