"""Users, their grants, and the audit."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.access.enums import Role
from shouwang.access.privacy import Retention, classed


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "username",
        "password",
        "last_login",
        "language",
        "is_active",
        "created_by",
        "created_at",
    ],
    personal=["display_name", "agency"],
)
class User(AbstractBaseUser):
    """Somebody with an account at the desk."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    agency = models.CharField(_("agency"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    objects = Users()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="user_name_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def is_anonymous_demo(self) -> bool:
        return self.username.startswith("demo-")


@classed(
    retention=Retention.CLOSE_OUT,
    internal=[
        "id",
        "user",
        "role",
        "area",
        "first",
        "last",
        "granted_by",
        "granted_at",
        "ended_by",
        "ended_at",
    ],
)
class Grant(models.Model):
    """A role in the communities ``first`` to ``last``. Ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    area = models.BigIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lte=F("last"), first__gt=0), name="grant_range_in_order"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="grant_role_known"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "first", "last"], condition=Q(ended_at=None), name="grant_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.area}"


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "user", "digest", "made_at", "expires_at", "used_at"],
)
class SetupLink(models.Model):
    """A one-time link by which a person sets her first password. Only a digest of it is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


@classed(
    retention=Retention.YEARS_3,
    internal=["community", "id", "at", "actor", "actor_name", "verb", "subject_kind", "subject_id", "detail"],
)
class AuditEntry(models.Model):
    """Fact: who did what to what, where. Written in the transaction of the act; no foreign keys; no personal data.

    ``community`` is 0 for acts that belong to no place, such as a log-in.
    """

    is_fact = True

    pk: Any = models.CompositePrimaryKey("community", "id")
    community = models.BigIntegerField()
    id = models.UUIDField()
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60)
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            # By id, which leads with the time: the key of the pages, and what partitions are pruned by.
            models.Index(fields=["id"], name="audit_by_time"),
            models.Index(fields=["actor", "id"], name="audit_by_actor"),
            models.Index(fields=["verb", "id"], name="audit_by_verb"),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.id}"
