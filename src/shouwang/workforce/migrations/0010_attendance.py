import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwang.access.migrations_ops import CreateFact, Wall


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0009_wishes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("ill", "ill"),
                            ("contact", "contact"),
                            ("family", "family"),
                            ("other", "other"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=120)),
                ("told_at", models.DateTimeField()),
                ("source_id", models.UUIDField(null=True, unique=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "responder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="workforce.responder",
                    ),
                ),
            ],
        ),
        CreateFact(
            name="Attendance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("id", models.UUIDField()),
                ("responder", models.BigIntegerField()),
                ("shift", models.BigIntegerField(null=True)),
                ("post", models.BigIntegerField(null=True)),
                ("kind", models.CharField(choices=[("in", "in"), ("out", "out")], max_length=3)),
                (
                    "how",
                    models.CharField(
                        choices=[("phone", "phone"), ("gate", "gate"), ("office", "office")], max_length=6
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("device", models.UUIDField(null=True)),
                ("by", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["community", "responder", "-made_at"], name="attendance_by_responder"
                    ),
                    models.Index(fields=["community", "-made_at"], name="attendance_by_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverNote",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("community", models.BigIntegerField()),
                ("text", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("device", models.UUIDField(null=True)),
                ("read_by", models.JSONField(default=list)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.post"
                    ),
                ),
                (
                    "responder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.responder",
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workforce.shift",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Strain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("nights", "nights"),
                            ("no_rest", "no_rest"),
                            ("days_in_a_row", "days_in_a_row"),
                            ("no_day_off", "no_day_off"),
                        ],
                        max_length=14,
                    ),
                ),
                ("day", models.DateField()),
                ("figures", models.JSONField(default=dict)),
                ("answer", models.CharField(blank=True, max_length=200)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "responder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.responder",
                    ),
                ),
                (
                    "seen_by",
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
            model_name="absence",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)), fields=["responder"], name="absence_by_responder"
            ),
        ),
        migrations.AddIndex(
            model_name="handovernote",
            index=models.Index(fields=["post", "-made_at"], name="handover_note_by_post"),
        ),
        migrations.AddIndex(
            model_name="strain",
            index=models.Index(
                condition=models.Q(("seen_at", None)), fields=["community"], name="strain_to_see"
            ),
        ),
        migrations.AddConstraint(
            model_name="strain",
            constraint=models.UniqueConstraint(fields=("responder", "kind", "day"), name="strain_once_a_day"),
        ),
        Wall("workforce_absence"),
        Wall("workforce_handovernote"),
        Wall("workforce_strain"),
    ]
