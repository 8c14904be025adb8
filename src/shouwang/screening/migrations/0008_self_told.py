"""Who reported themselves on a day, by an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0007_sheets")]

    operations = [
        migrations.AddIndex(
            "attempt",
            models.Index(
                condition=models.Q(("channel", "self")),
                fields=["community", "round", "household"],
                name="attempt_self_told",
            ),
        )
    ]
