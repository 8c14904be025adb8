"""Cards to be handed out again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("door", "0001_links")]
    operations = [
        migrations.AddField("doorlink", "again_at", models.DateTimeField(null=True)),
    ]
