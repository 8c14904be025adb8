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
            name="DoorGuess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.BinaryField(unique=True)),
                ("since", models.DateTimeField()),
                ("wrong", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="DoorPlace",
            fields=[
                ("number", models.SmallAutoField(primary_key=True, serialize=False)),
                ("area", models.BigIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="DoorDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("day", models.DateField()),
                ("households", models.IntegerField(default=0)),
                ("reports", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("community", "day"), name="door_day_once")],
            },
        ),
        migrations.CreateModel(
            name="DoorLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("household", models.BigIntegerField()),
                ("serial", models.SmallIntegerField(default=0)),
                ("token_digest", models.BinaryField()),
                ("code_digest", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("renewed_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("uses", models.IntegerField(default=0)),
                ("reported_on", models.DateField(null=True)),
                ("reports", models.IntegerField(default=0)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("community", "household"), name="door_link_once"),
                    models.UniqueConstraint(fields=("community", "token_digest"), name="door_link_token"),
                    models.UniqueConstraint(fields=("community", "code_digest"), name="door_link_code"),
                ],
            },
        ),
        Wall("door_doorlink"),
        Wall("door_doorday"),
    ]
