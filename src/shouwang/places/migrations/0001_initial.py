import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwang.places.enums
from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("code", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "level",
                    models.SmallIntegerField(
                        choices=[
                            (1, "province"),
                            (2, "prefecture"),
                            (3, "county"),
                            (4, "town"),
                            (5, "community"),
                        ]
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("urban", "urban"), ("rural", "rural"), ("unknown", "unknown")],
                        default=shouwang.places.enums.AreaKind["UNKNOWN"],
                        max_length=10,
                    ),
                ),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("initials", models.CharField(blank=True, max_length=60)),
                ("added", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="places.area",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Compound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(choices=[("compound", "compound"), ("group", "group")], max_length=10),
                ),
                ("order", models.IntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["community", "order", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "name"), name="compound_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("community__gt", 0)), name="compound_in_a_community"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entrance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "open"), ("sealed", "sealed"), ("emergency", "emergency")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField()),
                ("order", models.IntegerField(default=0)),
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
                    "compound",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entrances",
                        to="places.compound",
                    ),
                ),
            ],
            options={
                "ordering": ["community", "compound__order", "order", "name"],
            },
        ),
        migrations.CreateModel(
            name="EntranceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("before", models.CharField(blank=True, max_length=10)),
                ("after", models.CharField(max_length=10)),
                ("reason", models.CharField(max_length=200)),
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
                    "entrance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="places.entrance",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AreaProfile",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="profile",
                        serialize=False,
                        to="places.area",
                    ),
                ),
                ("settings", models.JSONField(default=dict)),
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
            ],
        ),
        migrations.CreateModel(
            name="Building",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=20, verbose_name="name")),
                ("units", models.SmallIntegerField(default=0)),
                ("floors", models.SmallIntegerField(default=0)),
                ("order", models.IntegerField(default=0)),
                (
                    "compound",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="buildings",
                        to="places.compound",
                    ),
                ),
            ],
            options={
                "ordering": ["compound", "order", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("compound", "name"), name="building_name_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="entrance",
            constraint=models.UniqueConstraint(
                fields=("community", "compound", "name"), name="entrance_name_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="entrance",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "sealed", "emergency"])),
                name="entrance_status_known",
            ),
        ),
        Wall("places_compound"),
        Wall("places_building"),
        Wall("places_entrance"),
        Wall("places_entrancechange"),
    ]
