"""Work teams of villages and communities."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shouwang.access.privacy import Retention, classed


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "name", "active", "created_at", "changed_at", "changed_by"],
)
class Team(models.Model):
    """A work team (工作队) of a village or community. Roles nobody holds are its vacancies."""

    community = models.BigIntegerField()
    name = models.CharField(max_length=60)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=Q(active=True), name="team_name_once"
            ),
            models.CheckConstraint(condition=Q(community__gt=0), name="team_in_an_area"),
        ]

    def __str__(self) -> str:
        return self.name


@classed(
    retention=Retention.CLOSE_OUT,
    internal=["id", "community", "team", "responder", "roles", "since", "until"],
)
class TeamMember(models.Model):
    """A responder in a team with her roles, several if need be; ``until`` null while she is in it."""

    community = models.BigIntegerField()
    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    responder = models.ForeignKey("workforce.Responder", models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=24), default=list)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["responder"], condition=Q(until=None), name="team_member_of_one"),
        ]
        indexes = [models.Index(fields=["team"], condition=Q(until=None), name="team_member_by_team")]
