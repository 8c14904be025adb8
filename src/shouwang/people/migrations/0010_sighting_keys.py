import django.db.models.deletion
from django.db import migrations, models

from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    """Sightings are found by the keys they share. Those matched before have theirs from the next hour's matching."""

    dependencies = [("people", "0009_list_lines")]

    operations = [
        migrations.CreateModel(
            name="SightingKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community",
                        "key",
                        "sighting",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("key", models.BigIntegerField()),
                (
                    "sighting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.sighting"
                    ),
                ),
            ],
        ),
        Wall("people_sightingkey"),
    ]
