import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Facts of a returnee that the office has set; sightings found by their person, and those still to be matched."""

    dependencies = [("people", "0007_lists_and_proposals")]

    operations = [
        migrations.AddField(
            "returnee",
            "by_hand",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), default=list, size=None
            ),
        ),
        migrations.AlterField(
            "sighting",
            "returnee",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sightings",
                to="people.returnee",
            ),
        ),
        migrations.AddIndex(
            "sighting", models.Index(fields=["returnee"], name="sighting_by_returnee")
        ),
        migrations.AddIndex(
            "sighting",
            models.Index(condition=models.Q(("returnee", None)), fields=["community"], name="sighting_to_match"),
        ),
    ]  # fmt: skip
