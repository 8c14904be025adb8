"""What an attempt said, in 16 bytes, so that it is known again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0004_who_left")]

    operations = [migrations.AddField("attempt", "digest", models.BinaryField(null=True))]
