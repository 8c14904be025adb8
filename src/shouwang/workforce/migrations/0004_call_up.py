import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0003_who_serves"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(null=True)),
                ("closes_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("open", "open"), ("closed", "closed")], max_length=8
                    ),
                ),
                ("link_digest", models.BinaryField(null=True, unique=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
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
            name="Need",
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
                        choices=[("headquarters", "headquarters"), ("area", "area")], max_length=12
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("open", "open"),
                            ("declined", "declined"),
                            ("ended", "ended"),
                        ],
                        max_length=8,
                    ),
                ),
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
                        max_length=10,
                    ),
                ),
                ("number", models.IntegerField()),
                ("women", models.IntegerField(default=0)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(null=True)),
                ("urgent", models.BooleanField(default=False)),
                ("text", models.CharField(blank=True, max_length=300)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "callup",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
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
            ],
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("area", models.BigIntegerField(null=True)),
                ("number", models.IntegerField()),
                ("changed_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.agency"
                    ),
                ),
                (
                    "callup",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="workforce.callup",
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
        ),
        migrations.AddConstraint(
            model_name="callup",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="callup_in_a_city"
            ),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["community", "state"], name="need_by_area"),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0), ("women__gte", 0), ("women__lte", models.F("number"))),
                name="need_of_some",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="need_in_an_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.UniqueConstraint(
                fields=("callup", "agency", "area"), name="quota_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 0)), name="quota_of_some"),
        ),
        Wall("workforce_callup"),
        Wall("workforce_need"),
        Wall("workforce_quota"),
    ]
