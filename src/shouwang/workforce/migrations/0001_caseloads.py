import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Caseload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=20, verbose_name="name")),
                ("order", models.IntegerField(default=0)),
                ("caller_name", models.CharField(blank=True, max_length=60)),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "caller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["community", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("household", models.BigIntegerField(primary_key=True, serialize=False)),
                ("community", models.BigIntegerField()),
                ("fixed", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                (
                    "put_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "caseload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="workforce.caseload",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Division",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("working", "working"),
                            ("proposed", "proposed"),
                            ("accepted", "accepted"),
                            ("discarded", "discarded"),
                            ("failed", "failed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("seed", models.IntegerField(default=1)),
                ("seconds", models.FloatField()),
                ("took", models.FloatField(default=0)),
                ("objective", models.FloatField(null=True)),
                ("bound", models.FloatField(null=True)),
                ("version", models.CharField(max_length=20)),
                ("loads", models.JSONField(default=list)),
                ("households", models.JSONField(default=list)),
                ("callers", models.JSONField(default=list)),
                ("moved", models.IntegerField(default=0)),
                ("split", models.JSONField(default=list)),
                ("refusal", models.JSONField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "leaver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.caseload",
                    ),
                ),
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
        migrations.AddIndex(
            model_name="caseload",
            index=models.Index(
                condition=models.Q(("active", True)), fields=["caller"], name="caseload_by_caller"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active", True)), fields=("community", "name"), name="caseload_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseload",
            constraint=models.CheckConstraint(
                condition=models.Q(("caller", None), ("caller_name", ""), _connector="OR"),
                name="caseload_one_kind_of_caller",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseload",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="caseload_in_a_community"
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["community", "caseload"], name="assignment_by_caseload"),
        ),
        migrations.AddIndex(
            model_name="division",
            index=models.Index(fields=["community", "-made_at"], name="division_by_time"),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["working", "proposed"])),
                fields=("community",),
                name="division_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="division_in_a_community"
            ),
        ),
        Wall("workforce_caseload"),
        Wall("workforce_assignment"),
        Wall("workforce_division"),
    ]
