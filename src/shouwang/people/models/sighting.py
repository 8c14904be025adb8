"""Who was seen, or named, as having come back from elsewhere: by whom, and when."""

from typing import Any

from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.people.enums import ReturneeSource


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "community",
        "household",
        "resident",
        "returnee",
        "source",
        "source_id",
        "seen_at",
        "added_at",
        "added_by",
    ],
    personal=[
        "name",
        "id_tail",
        "id_digest",
        "phone_mask",
        "phone_digest",
        "origin",
        "arrived_on",
        "remarks",
    ],
    sealed=["id_number", "phone"],
)
class Sighting(models.Model):
    """One sighting of somebody who came from elsewhere, by one source. ``source_id`` is the record it was seen in.

    ``household`` and ``resident`` where she is known here; ``returnee`` the person it was joined with.
    """

    community = models.BigIntegerField()
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    resident = models.ForeignKey("people.Resident", models.PROTECT, null=True, related_name="+")
    returnee = models.ForeignKey(
        "people.Returnee", models.PROTECT, null=True, related_name="sightings", db_index=False
    )
    name = models.CharField(max_length=60)
    id_number = SealedTextField(null=True)
    id_digest = models.BinaryField(null=True)
    id_tail = models.CharField(max_length=4, blank=True)
    phone = SealedTextField(null=True)
    phone_digest = models.BinaryField(null=True)
    phone_mask = models.CharField(max_length=20, blank=True)
    origin = models.CharField(max_length=60)
    arrived_on = models.DateField(null=True)
    remarks = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ReturneeSource])
    source_id = models.UUIDField(null=True)
    seen_at = models.DateTimeField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="sighting_once_a_source"),
            models.CheckConstraint(condition=models.Q(community__gt=0), name="sighting_in_a_community"),
        ]
        indexes = [
            models.Index(fields=["community", "-seen_at"], name="sighting_by_time"),
            models.Index(fields=["id_digest"], name="sighting_by_id"),
            models.Index(fields=["returnee"], name="sighting_by_returnee"),
            models.Index(fields=["community"], condition=models.Q(returnee=None), name="sighting_to_match"),
        ]

    def __str__(self) -> str:
        return self.name


@classed(retention=Retention.CLOSE_OUT, internal=["community", "sighting"], personal=["key"])
class SightingKey(models.Model):
    """A key of ``rules.returnees.blocking`` that a sighting stands under, so that those worth comparing are found by
    index. ``key`` is the beginning of the key's keyed digest: it tells nothing of the number it was made of."""

    pk: Any = models.CompositePrimaryKey("community", "key", "sighting")
    community = models.BigIntegerField()
    key = models.BigIntegerField()
    sighting = models.ForeignKey(Sighting, models.CASCADE, related_name="+")
