"""What corrects a record, found by the record itself: asked of each reading of a household that reports."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0009_visitor_fevers")]

    operations = [
        migrations.AddIndex(
            kind,
            models.Index(
                condition=models.Q(("corrects__isnull", False)),
                fields=["community", "corrects"],
                name=f"{kind}_corrected",
            ),
        )
        for kind in ("attempt", "reading")
    ]
