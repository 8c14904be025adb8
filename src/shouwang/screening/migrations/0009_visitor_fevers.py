"""A fever at the gate of somebody on no roster is on the list as well, by her name and where she was going."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0008_self_told")]

    operations = [
        migrations.AlterField("fevercall", "household", models.BigIntegerField(null=True)),
        migrations.AlterField("fevercall", "resident", models.BigIntegerField(null=True)),
        migrations.AddField("fevercall", "name", models.CharField(blank=True, max_length=60)),
        migrations.AddField("fevercall", "whom", models.CharField(blank=True, max_length=60)),
        migrations.AddField("fevercall", "gate", models.CharField(blank=True, max_length=200)),
        migrations.AlterField(
            "fevercall",
            "end",
            models.CharField(
                blank=True,
                max_length=12,
                choices=[
                    ("hospital", "hospital"),
                    ("home", "home"),
                    ("mistake", "mistake"),
                    ("unreachable", "unreachable"),
                    ("turned_back", "turned_back"),
                ],
            ),
        ),
    ]
