from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gates", "0005_revocation_by_area"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="emergencycall",
            index=models.Index(
                condition=models.Q(("seen_at", None)), fields=["community"], name="emergency_open"
            ),
        ),
    ]
