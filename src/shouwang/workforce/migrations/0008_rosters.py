import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0007_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Roster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("from_day", models.DateField()),
                ("until_day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("working", "working"),
                            ("proposed", "proposed"),
                            ("published", "published"),
                            ("discarded", "discarded"),
                            ("failed", "failed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("seed", models.IntegerField(default=1)),
                ("seconds", models.FloatField(default=0)),
                ("took", models.FloatField(default=0)),
                ("objective", models.FloatField(null=True)),
                ("bound", models.FloatField(null=True)),
                ("short", models.JSONField(default=list)),
                ("refusal", models.JSONField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("day", models.DateField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("published", "published"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("pinned", models.BooleanField(default=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("planner", "planner"),
                            ("hand", "hand"),
                            ("swap", "swap"),
                            ("cover", "cover"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "demand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workforce.demand",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.post"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.shift",
                    ),
                ),
                (
                    "responder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="workforce.responder",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="workforce.roster",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="roster",
            index=models.Index(fields=["community", "-from_day"], name="roster_by_time"),
        ),
        migrations.AddConstraint(
            model_name="roster",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["working", "proposed"])),
                fields=("community",),
                name="roster_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="roster",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_day__gte", models.F("from_day"))), name="roster_of_days"
            ),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["community", "day"], name="shift_by_day"),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["responder", "day"], name="shift_by_responder"),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["roster"], name="shift_by_roster"),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "published")),
                expressions=[
                    (
                        models.Func("responder_id", "responder_id", models.Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                ],
                name="shift_never_twice_at_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="shift_of_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="shift_in_a_community"
            ),
        ),
        Wall("workforce_roster"),
        Wall("workforce_shift"),
    ]
