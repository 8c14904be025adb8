"""Agencies, and the people who serve."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.workforce.enums import Leaning, ResponderState


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "name",
        "order",
        "active",
        "link_digest",
        "created_at",
        "changed_at",
        "changed_by",
    ],
)
class Agency(models.Model):
    """A department that sends people. ``community`` is its city's code: its row is headquarters' own.

    ``link_digest``: of the secret in the link by which it nominates and follows its people without an account.
    """

    community = models.BigIntegerField()
    name = models.CharField(max_length=60)
    order = models.IntegerField(default=0)
    active = models.BooleanField(default=True)
    link_digest = models.BinaryField(null=True, unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["community", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="agency_name_once"),
            models.CheckConstraint(condition=Q(community__gt=0), name="agency_in_a_city"),
        ]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id", "community", "city", "agency", "user", "state", "lives_in", "skills", "link_digest", "created_at",
        "changed_at", "changed_by",
    ],
    personal=[
        "name", "sex", "born_on", "id_digest", "id_tail", "phone_digest", "phone_mask", "nights", "heavy",
        "party_member",
    ],
    sealed=["id_number", "phone", "limits"],
)  # fmt: skip
class Responder(models.Model):
    """Anyone who serves. ``community`` is where she serves now, and the city's own code (``city``) while she is
    nowhere: so an office sees those who are with it, and headquarters everybody.

    ``lives_in`` is the area she lives in, for the way there. ``limits``: what her health forbids, in her own words;
    ``nights`` and ``heavy`` what she says of such work. ``link_digest``: of the secret in her personal link.
    """

    community = models.BigIntegerField()
    city = models.BigIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    user = models.OneToOneField("access.User", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    id_number = SealedTextField(null=True)
    id_digest = models.BinaryField(null=True)
    id_tail = models.CharField(max_length=4, blank=True)
    phone = SealedTextField(null=True)
    phone_digest = models.BinaryField(null=True)
    phone_mask = models.CharField(max_length=20, blank=True)
    lives_in = models.BigIntegerField(null=True)
    skills = ArrayField(models.CharField(max_length=16), default=list)
    nights = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in Leaning], default=Leaning.FINE.value
    )
    heavy = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in Leaning], default=Leaning.FINE.value
    )
    limits = SealedTextField(null=True)
    party_member = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ResponderState])
    link_digest = models.BinaryField(null=True, unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "id_digest"], name="responder_once_by_id"),
            models.CheckConstraint(condition=Q(community__gt=0), name="responder_somewhere"),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="responder_by_place"),
            models.Index(fields=["city", "phone_digest"], name="responder_by_phone"),
            models.Index(fields=["agency"], name="responder_by_agency"),
        ]

    def __str__(self) -> str:
        return self.name
