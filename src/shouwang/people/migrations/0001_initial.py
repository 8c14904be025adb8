import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwang.access.sealed
import shouwang.people.enums
from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Population",
            fields=[
                ("community", models.BigIntegerField(primary_key=True, serialize=False)),
                ("households", models.IntegerField(default=0)),
                ("residents", models.IntegerField(default=0)),
                ("present", models.IntegerField(default=0)),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("building", models.CharField(blank=True, max_length=20)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("room", models.CharField(blank=True, max_length=20)),
                ("address", models.CharField(max_length=120, verbose_name="address")),
                ("address_key", models.CharField(max_length=60)),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="household number")),
                ("remarks", models.CharField(blank=True, max_length=500)),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "compound",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Resident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("initials", models.CharField(blank=True, max_length=40)),
                ("sex", models.CharField(blank=True, help_text="m, f or empty", max_length=1)),
                ("born_on", models.DateField(null=True)),
                ("id_kind", models.CharField(blank=True, max_length=20)),
                ("id_number", shouwang.access.sealed.SealedTextField(null=True)),
                ("id_digest", models.BinaryField(null=True)),
                ("id_tail", models.CharField(blank=True, max_length=4)),
                ("phone", shouwang.access.sealed.SealedTextField(null=True)),
                ("phone_digest", models.BinaryField(null=True)),
                ("phone_mask", models.CharField(blank=True, max_length=20)),
                ("phone_tail", models.CharField(blank=True, max_length=4)),
                (
                    "relation",
                    models.CharField(blank=True, max_length=20, verbose_name="relation to the head"),
                ),
                ("remarks", models.CharField(blank=True, max_length=500)),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("away", "away"),
                            ("moved", "moved"),
                            ("died", "died"),
                        ],
                        default=shouwang.people.enums.Presence["PRESENT"],
                        max_length=10,
                    ),
                ),
                ("presence_since", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residents",
                        to="people.household",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RosterImport",
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
                        choices=[("preview", "preview"), ("loaded", "loaded"), ("discarded", "discarded")],
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.BinaryField()),
                ("content", shouwang.access.sealed.SealedTextField(null=True)),
                ("counts", models.JSONField(default=dict)),
                ("uploaded_at", models.DateTimeField()),
                ("loaded_at", models.DateTimeField(null=True)),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
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
            model_name="household",
            index=models.Index(fields=["community", "compound"], name="household_by_place"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active", True)),
                fields=("community", "compound", "address_key", "number"),
                name="household_door_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="household_in_a_community"
            ),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(fields=["household"], name="resident_by_household"),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(fields=["community", "presence"], name="resident_by_presence"),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(fields=["id_digest"], name="resident_by_id"),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(fields=["phone_digest"], name="resident_by_phone"),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(fields=["phone_tail", "community"], name="resident_by_phone_tail"),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(fields=["id_tail", "community"], name="resident_by_id_tail"),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(
                fields=["initials", "community"],
                name="resident_by_initials",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(
                fields=["name", "community"],
                name="resident_by_name",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
        ),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("id_digest__isnull", False), models.Q(("presence__in", ["moved", "died"]), _negated=True)
                ),
                fields=("community", "id_digest"),
                name="resident_id_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="resident_in_a_community"
            ),
        ),
        migrations.AddIndex(
            model_name="rosterimport",
            index=models.Index(fields=["community", "-uploaded_at"], name="import_by_community"),
        ),
        Wall("people_household"),
        Wall("people_resident"),
        Wall("people_population"),
        Wall("people_rosterimport"),
    ]
