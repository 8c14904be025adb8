import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import CreateFact, Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateFact(
            name="Check",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("id", models.UUIDField()),
                ("entrance", models.BigIntegerField()),
                ("pass_number", models.BigIntegerField(null=True)),
                ("pass_code", models.CharField(blank=True, max_length=10)),
                ("household", models.BigIntegerField(null=True)),
                ("resident", models.BigIntegerField(null=True)),
                ("direction", models.CharField(choices=[("in", "in"), ("out", "out")], max_length=3)),
                ("emergency", models.BooleanField(default=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("green", "green"), ("amber", "amber"), ("red", "red")], max_length=5
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("temperature", models.DecimalField(decimal_places=1, max_digits=3, null=True)),
                ("fever", models.BooleanField(default=False)),
                ("masked", models.BooleanField(null=True)),
                ("plate", models.CharField(blank=True, max_length=12)),
                ("remarks", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("corrects", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "entrance", "-made_at"], name="check_by_gate"),
                    models.Index(fields=["community", "-made_at"], name="check_by_time"),
                    models.Index(fields=["community", "household", "-made_at"], name="check_by_household"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GateDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("day", models.DateField()),
                ("checks", models.IntegerField(default=0)),
                ("passed", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("fevers", models.IntegerField(default=0)),
                (
                    "entrance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.entrance"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "community"], name="gate_day_by_day")],
                "constraints": [models.UniqueConstraint(fields=("entrance", "day"), name="gate_day_once")],
            },
        ),
        migrations.CreateModel(
            name="Pass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("pass_id", models.UUIDField(unique=True)),
                ("code", models.CharField(max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resident", "resident"),
                            ("vehicle", "vehicle"),
                            ("visitor", "visitor"),
                            ("responder", "responder"),
                            ("supply", "supply"),
                            ("emergency", "emergency"),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("issued_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoke_reason", models.CharField(blank=True, max_length=200)),
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.household",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.resident",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["community", "household"], name="pass_by_household")],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "code"), name="pass_code_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("resident", "kind"),
                        name="pass_open_once_a_resident",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_until"))),
                        name="pass_period_in_order",
                    ),
                ],
            },
        ),
        Wall("gates_pass"),
        Wall("gates_gateday"),
    ]
