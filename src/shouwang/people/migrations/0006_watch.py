import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_returnees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("household", models.BigIntegerField()),
                ("resident", models.BigIntegerField()),
                ("returnee", models.BigIntegerField(null=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[("returnee", "returnee"), ("quarantine", "quarantine"), ("fever", "fever")],
                        max_length=12,
                    ),
                ),
                ("twice_daily", models.BooleanField(default=False)),
                ("from_day", models.DateField()),
                ("until_day", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="watch",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="watch",
            name="started_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["community", "until_day"], name="watch_open"
            ),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["until_day"], name="watch_to_close"
            ),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(fields=["resident"], name="watch_by_resident"),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("community", "resident", "reason"),
                name="watch_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_day__gte", models.F("from_day"))), name="watch_forwards"
            ),
        ),
        Wall("people_watch"),
    ]
