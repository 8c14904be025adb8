"""An uploaded roster between its preview and its loading."""

from django.db import models

from shouwang.access.privacy import Retention, classed
from shouwang.access.sealed import SealedTextField
from shouwang.people.enums import ImportState


@classed(
    retention=Retention.LOADED,
    internal=[
        "id",
        "community",
        "state",
        "counts",
        "file_digest",
        "uploaded_by",
        "uploaded_at",
        "loaded_by",
        "loaded_at",
    ],
    personal=["file_name"],
    sealed=["content"],
)
class RosterImport(models.Model):
    """One upload. ``content`` is sealed: the file (base64) while it waits; once loaded, only the rejected rows and what
    changed; nothing once discarded. ``counts`` stay.
    """

    community = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ImportState])
    file_name = models.CharField(max_length=200)
    file_digest = models.BinaryField()
    content = SealedTextField(null=True)
    counts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["community", "-uploaded_at"], name="import_by_community")]
