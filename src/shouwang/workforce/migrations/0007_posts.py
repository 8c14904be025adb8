import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0006_deployments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("entrance", models.BigIntegerField(null=True)),
                ("name", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gate", "gate"),
                            ("patrol", "patrol"),
                            ("site", "site"),
                            ("delivery", "delivery"),
                            ("phone", "phone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=80)),
                ("instructions", models.TextField(blank=True)),
                ("contact", models.CharField(blank=True, max_length=60)),
                ("outdoors", models.BooleanField(default=False)),
                ("searches_women", models.BooleanField(default=False)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                ("order", models.IntegerField(default=0)),
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
            options={
                "ordering": ["community", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(blank=True, max_length=20)),
                ("starts", models.IntegerField()),
                ("minutes", models.IntegerField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("number", models.IntegerField(default=1)),
                ("women", models.IntegerField(default=0)),
                ("order", models.IntegerField(default=0)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="demands",
                        to="workforce.post",
                    ),
                ),
            ],
            options={
                "ordering": ["post", "order", "starts", "id"],
            },
        ),
        migrations.CreateModel(
            name="RosterRules",
            fields=[
                ("community", models.BigIntegerField(primary_key=True, serialize=False)),
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
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active", True)), fields=("community", "name"), name="post_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="post_in_a_community"
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minutes__gt", 0),
                    ("minutes__lte", 1440),
                    ("number__gt", 0),
                    ("starts__gte", 0),
                    ("starts__lt", 1440),
                ),
                name="demand_of_a_day",
            ),
        ),
        Wall("workforce_post"),
        Wall("workforce_demand"),
        Wall("workforce_rosterrules"),
    ]
