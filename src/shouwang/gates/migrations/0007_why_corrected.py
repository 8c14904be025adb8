from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gates", "0006_emergency_open"),
    ]

    operations = [
        migrations.AddField(
            model_name="check",
            name="why",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
