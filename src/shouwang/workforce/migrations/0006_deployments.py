import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0005_applications"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeploymentPlan",
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
                ("responders", models.JSONField(default=list)),
                ("areas", models.JSONField(default=list)),
                ("needs", models.JSONField(default=list)),
                ("reasons", models.JSONField(default=list)),
                ("short", models.JSONField(default=list)),
                ("moved", models.IntegerField(default=0)),
                ("basis", models.CharField(blank=True, max_length=64)),
                ("refusal", models.JSONField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "callup",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.callup",
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
        migrations.CreateModel(
            name="Deployment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("gate", "gate"),
                            ("patrol", "patrol"),
                            ("phone", "phone"),
                            ("delivery", "delivery"),
                            ("site", "site"),
                            ("publicity", "publicity"),
                            ("general", "general"),
                        ],
                        default="general",
                        max_length=10,
                    ),
                ),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "sent"), ("present", "present"), ("ended", "ended")], max_length=8
                    ),
                ),
                ("fixed", models.BooleanField(default=False)),
                ("reasons", models.JSONField(default=list)),
                ("sent_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("transferred", "transferred"),
                            ("returned", "returned"),
                            ("recalled", "recalled"),
                            ("ill", "ill"),
                            ("contact", "contact"),
                            ("never_came", "never_came"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.deploymentplan",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.need",
                    ),
                ),
                (
                    "responder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deployments",
                        to="workforce.responder",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="deploymentplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["working", "proposed"])),
                fields=("community",),
                name="deployment_plan_open_once",
            ),
        ),
        migrations.AddIndex(
            model_name="deployment",
            index=models.Index(fields=["community", "state"], name="deployment_by_area"),
        ),
        migrations.AddIndex(
            model_name="deployment",
            index=models.Index(fields=["responder", "-from_day"], name="deployment_by_responder"),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("until_day", None), ("until_day__gte", models.F("from_day")), _connector="OR"
                ),
                expressions=[
                    (
                        models.Func("responder_id", "responder_id", models.Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (models.Func("from_day", "until_day", models.Value("[]"), function="daterange"), "&&"),
                ],
                name="deployment_in_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["sent", "present"])),
                fields=("responder",),
                name="deployment_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="deployment_in_an_area"
            ),
        ),
        Wall("workforce_deploymentplan"),
        Wall("workforce_deployment"),
    ]
