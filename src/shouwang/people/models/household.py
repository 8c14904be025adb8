"""Who lives where."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.people.enums import Presence


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "compound", "active", "created_at", "updated_at"],
    personal=["building", "unit", "room", "address", "address_key", "number", "remarks"],
)
class Household(models.Model):
    """People behind one door. ``address_key`` is the normalised address inside its compound: ``3-2-501``, ``3-12``."""

    community = models.BigIntegerField()
    compound = models.ForeignKey("places.Compound", models.PROTECT, null=True, related_name="+")
    building = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    room = models.CharField(max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=120)
    address_key = models.CharField(max_length=60)
    number = models.CharField(_("household number"), max_length=30, blank=True)
    remarks = models.CharField(max_length=500, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "compound", "address_key", "number"],
                condition=Q(active=True),
                name="household_door_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="household_in_a_community"),
        ]
        indexes = [models.Index(fields=["community", "compound"], name="household_by_place")]

    def __str__(self) -> str:
        return self.address


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "household", "presence", "presence_since", "created_at", "updated_at"],
    personal=[
        "name",
        "given",
        "initials",
        "sex",
        "born_on",
        "id_kind",
        "id_tail",
        "id_digest",
        "phone_mask",
        "phone_tail",
        "phone_digest",
        "relation",
        "remarks",
    ],
    sealed=["id_number", "phone"],
)
class Resident(models.Model):
    """A person of a household. ID number and phone are sealed; tails and masks are what lists show."""

    community = models.BigIntegerField()
    household = models.ForeignKey(Household, models.PROTECT, related_name="residents")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    # The name without its first character, so that a given name alone is found by index.
    given = models.GeneratedField(
        expression=Substr("name", 2), output_field=models.CharField(max_length=60), db_persist=True
    )
    initials = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=1, blank=True, help_text="m, f or empty")
    born_on = models.DateField(null=True)
    id_kind = models.CharField(max_length=20, blank=True)
    id_number = SealedTextField(null=True)
    id_digest = models.BinaryField(null=True)
    id_tail = models.CharField(max_length=4, blank=True)
    phone = SealedTextField(null=True)
    phone_digest = models.BinaryField(null=True)
    phone_mask = models.CharField(max_length=20, blank=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    relation = models.CharField(_("relation to the head"), max_length=20, blank=True)
    remarks = models.CharField(max_length=500, blank=True)
    presence = models.CharField(
        max_length=10, choices=[(p.value, p.value) for p in Presence], default=Presence.PRESENT
    )
    presence_since = models.DateField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "id_digest"],
                condition=Q(id_digest__isnull=False) & ~Q(presence__in=["moved", "died"]),
                name="resident_id_once",
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="resident_in_a_community"),
        ]
        indexes = [
            models.Index(fields=["household"], name="resident_by_household"),
            models.Index(fields=["community", "presence"], name="resident_by_presence"),
            models.Index(fields=["id_digest"], name="resident_by_id"),
            models.Index(fields=["phone_digest"], name="resident_by_phone"),
            models.Index(fields=["phone_tail", "community"], name="resident_by_phone_tail"),
            models.Index(fields=["id_tail", "community"], name="resident_by_id_tail"),
            models.Index(
                fields=["initials", "community"],
                name="resident_by_initials",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
            models.Index(
                fields=["name", "community"],
                name="resident_by_name",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
            models.Index(
                fields=["given", "community"],
                name="resident_by_given",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT, internal=["community", "households", "residents", "present", "updated_at"]
)
class Population(models.Model):
    """How many a community has, kept by the actions that change it: a city's page reads 632 rows, not a million."""

    community = models.BigIntegerField(primary_key=True)
    households = models.IntegerField(default=0)
    residents = models.IntegerField(default=0)
    present = models.IntegerField(default=0)
    updated_at = models.DateTimeField()
