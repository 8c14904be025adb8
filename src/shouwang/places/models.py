"""Areas, what stands in them, and the ways in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.access.privacy import Retention, classed
from shouwang.kernel.areas import Level
from shouwang.places.enums import AreaKind, CompoundKind, EntranceStatus


@classed(
    retention=Retention.PERMANENT,
    public=["code", "name", "level", "kind", "parent", "aliases", "initials", "added", "active"],
)
class Area(models.Model):
    """A node of the division tree, under its 12-digit code. ``added`` marks places that were missing from the list."""

    code = models.BigIntegerField(primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.SmallIntegerField(choices=[(level.value, level.name.lower()) for level in Level])
    kind = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in AreaKind], default=AreaKind.UNKNOWN
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    initials = models.CharField(max_length=60, blank=True)
    added = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@classed(retention=Retention.PERMANENT, public=["area", "settings", "changed_at"], internal=["changed_by"])
class AreaProfile(models.Model):
    """Where an area's rules differ from the disease profile above it: the settings laid over it."""

    area = models.OneToOneField(Area, models.PROTECT, primary_key=True, related_name="profile")
    settings = models.JSONField(default=dict)
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.area_id}: {', '.join(self.settings)}"


@classed(
    retention=Retention.PERMANENT, public=["area", "name", "phone", "changed_at"], internal=["changed_by"]
)
class DutyPhone(models.Model):
    """Whom a gate calls: the office of an area that is manned day and night. It is printed on posters."""

    area = models.OneToOneField(Area, models.PROTECT, primary_key=True, related_name="duty_phone")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30)
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"


@classed(retention=Retention.PERMANENT, public=["id", "community", "name", "kind", "order", "active"])
class Compound(models.Model):
    """A housing compound (小区), hamlet (湾) or village group (组) inside a community."""

    community = models.BigIntegerField()
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in CompoundKind])
    order = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["community", "order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="compound_name_once"),
            models.CheckConstraint(condition=Q(community__gt=0), name="compound_in_a_community"),
        ]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.PERMANENT, public=["id", "community", "compound", "name", "units", "floors", "order"]
)
class Building(models.Model):
    """A building (栋) of a compound. ``units`` and ``floors`` are counts, 0 where not known."""

    community = models.BigIntegerField()
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="buildings")
    name = models.CharField(_("name"), max_length=20)
    units = models.SmallIntegerField(default=0)
    floors = models.SmallIntegerField(default=0)
    order = models.IntegerField(default=0)

    class Meta:
        ordering = ["compound", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["compound", "name"], name="building_name_once")]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.PERMANENT,
    public=["id", "community", "compound", "name", "status", "reason", "changed_at", "order"],
    internal=["changed_by"],
)
class Entrance(models.Model):
    """A way in. Where one is open it is kept: a gate. ``compound`` is null for the gate of a whole village."""

    community = models.BigIntegerField()
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="entrances")
    name = models.CharField(_("name"), max_length=60)
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in EntranceStatus])
    reason = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    order = models.IntegerField(default=0)

    class Meta:
        ordering = ["community", "compound__order", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "compound", "name"], name="entrance_name_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in EntranceStatus]), name="entrance_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT,
    public=["id", "community", "entrance", "before", "after", "reason", "changed_at"],
    internal=["changed_by"],
)
class EntranceChange(models.Model):
    """One line of an entrance's history: who changed it, when, why."""

    community = models.BigIntegerField()
    entrance = models.ForeignKey(Entrance, models.PROTECT, related_name="changes")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=200)
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
