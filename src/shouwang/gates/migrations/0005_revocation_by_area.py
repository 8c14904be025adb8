from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gates", "0004_one_open_pass")]

    operations = [
        migrations.AddIndex(
            model_name="revocation",
            index=models.Index(fields=["area", "number"], name="revocation_by_area"),
        ),
    ]
