from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0001_initial")]

    operations = [
        migrations.AddField("enrolment", "installation", models.UUIDField(null=True)),
        migrations.AddField("sequence", "twice", models.IntegerField(default=0)),
    ]
