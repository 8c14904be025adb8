import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwang.screening.enums
from shouwang.access.migrations_ops import CreateFact, Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateFact(
            name="Attempt",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("id", models.UUIDField()),
                ("round", models.BigIntegerField()),
                ("household", models.BigIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[("call", "call"), ("visit", "visit"), ("self", "self"), ("gate", "gate")],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "reached"),
                            ("no_answer", "no_answer"),
                            ("wrong_number", "wrong_number"),
                            ("nobody_home", "nobody_home"),
                            ("refused", "refused"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "answered_by",
                    models.CharField(
                        choices=[
                            ("resident", "resident"),
                            ("member", "member"),
                            ("neighbour", "neighbour"),
                            ("other", "other"),
                            ("nobody", "nobody"),
                        ],
                        max_length=20,
                    ),
                ),
                ("needs", models.CharField(blank=True, max_length=500)),
                ("remarks", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("corrects", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "round", "household"], name="attempt_by_household"),
                    models.Index(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=["community", "round"],
                        name="attempt_corrections",
                    ),
                ],
            },
        ),
        CreateFact(
            name="Reading",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("id", models.UUIDField()),
                ("round", models.BigIntegerField()),
                ("day", models.DateField()),
                ("household", models.BigIntegerField()),
                ("resident", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[("call", "call"), ("visit", "visit"), ("self", "self"), ("gate", "gate")],
                        max_length=10,
                    ),
                ),
                ("source_id", models.UUIDField(null=True)),
                ("temperature", models.DecimalField(decimal_places=1, max_digits=3, null=True)),
                (
                    "symptoms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), null=True, size=None
                    ),
                ),
                ("fever", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("corrects", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "round", "household"], name="reading_by_round"),
                    models.Index(fields=["community", "resident", "-made_at"], name="reading_by_resident"),
                    models.Index(
                        condition=models.Q(("fever", True)), fields=["day", "community"], name="reading_fever"
                    ),
                    models.Index(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=["community", "round"],
                        name="reading_corrections",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("day", models.DateField()),
                (
                    "slot",
                    models.CharField(
                        choices=[("day", "day"), ("am", "am"), ("pm", "pm")],
                        default=shouwang.screening.enums.Slot["DAY"],
                        max_length=5,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("households_due", models.IntegerField()),
                ("residents_due", models.IntegerField()),
                ("households_reached", models.IntegerField(default=0)),
                ("residents_reached", models.IntegerField(default=0)),
                ("attempts", models.IntegerField(default=0)),
                ("fevers", models.IntegerField(default=0)),
                ("updated_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "community"], name="round_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "day", "slot"), name="round_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("households_reached__lte", models.F("households_due")),
                            ("residents_reached__lte", models.F("residents_due")),
                        ),
                        name="round_reached_within_due",
                    ),
                ],
            },
        ),
        Wall("screening_round"),
        migrations.CreateModel(
            name="DueList",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="due_list",
                        serialize=False,
                        to="screening.round",
                    ),
                ),
                ("community", models.BigIntegerField()),
                (
                    "households",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "residents",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        Wall("screening_duelist"),
    ]
