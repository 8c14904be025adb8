import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwang.access.sealed
from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0004_call_up"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[("self", "self"), ("agency", "agency"), ("headquarters", "headquarters")],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "offered"),
                            ("nominated", "nominated"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("from_day", models.DateField(null=True)),
                ("until_day", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ApplicationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("was", models.CharField(blank=True, max_length=10)),
                ("state", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workforce.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by_agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencyList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("digest", models.BinaryField()),
                ("rows", models.IntegerField()),
                ("received_at", models.DateTimeField()),
                ("loaded_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.agency"
                    ),
                ),
                (
                    "received_by",
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
            name="AgencyListLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("row", models.IntegerField()),
                ("cells", shouwang.access.sealed.SealedTextField()),
                ("faults", models.JSONField(default=list)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="workforce.agencylist",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.application",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="application",
            name="callup",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="workforce.callup",
            ),
        ),
        migrations.AddField(
            model_name="agencylist",
            name="callup",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.callup"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="responder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="workforce.responder",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencylistline",
            constraint=models.UniqueConstraint(fields=("of", "row"), name="agency_list_line_once"),
        ),
        migrations.AddIndex(
            model_name="applicationstep",
            index=models.Index(fields=["application", "at"], name="application_step_by_time"),
        ),
        migrations.AddConstraint(
            model_name="agencylist",
            constraint=models.UniqueConstraint(
                fields=("callup", "agency", "digest"), name="agency_list_once"
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["callup", "state"], name="application_by_state"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(fields=("callup", "responder"), name="application_once"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="application_in_a_city"
            ),
        ),
        Wall("workforce_application"),
        Wall("workforce_applicationstep"),
        Wall("workforce_agencylist"),
        Wall("workforce_agencylistline"),
    ]
