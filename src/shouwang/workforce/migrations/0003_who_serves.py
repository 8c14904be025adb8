import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwang.access.sealed
from shouwang.access.migrations_ops import Wall


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workforce", "0002_taken_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("order", models.IntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                ("link_digest", models.BinaryField(null=True, unique=True)),
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
            options={
                "ordering": ["community", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Responder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("city", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("born_on", models.DateField(null=True)),
                ("id_number", shouwang.access.sealed.SealedTextField(null=True)),
                ("id_digest", models.BinaryField(null=True)),
                ("id_tail", models.CharField(blank=True, max_length=4)),
                ("phone", shouwang.access.sealed.SealedTextField(null=True)),
                ("phone_digest", models.BinaryField(null=True)),
                ("phone_mask", models.CharField(blank=True, max_length=20)),
                ("lives_in", models.BigIntegerField(null=True)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                (
                    "nights",
                    models.CharField(
                        choices=[
                            ("welcome", "welcome"),
                            ("fine", "fine"),
                            ("unwanted", "unwanted"),
                            ("cannot", "cannot"),
                        ],
                        default="fine",
                        max_length=8,
                    ),
                ),
                (
                    "heavy",
                    models.CharField(
                        choices=[
                            ("welcome", "welcome"),
                            ("fine", "fine"),
                            ("unwanted", "unwanted"),
                            ("cannot", "cannot"),
                        ],
                        default="fine",
                        max_length=8,
                    ),
                ),
                ("limits", shouwang.access.sealed.SealedTextField(null=True)),
                ("party_member", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applying", "applying"),
                            ("standing_by", "standing_by"),
                            ("deployed", "deployed"),
                            ("resting", "resting"),
                            ("ended", "ended"),
                        ],
                        max_length=12,
                    ),
                ),
                ("link_digest", models.BinaryField(null=True, unique=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.agency",
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
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("active", models.BooleanField(default=True)),
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
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("community", models.BigIntegerField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "responder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="workforce.responder",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="workforce.team",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(fields=("community", "name"), name="agency_name_once"),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="agency_in_a_city"
            ),
        ),
        migrations.AddIndex(
            model_name="responder",
            index=models.Index(fields=["community", "state"], name="responder_by_place"),
        ),
        migrations.AddIndex(
            model_name="responder",
            index=models.Index(fields=["city", "phone_digest"], name="responder_by_phone"),
        ),
        migrations.AddIndex(
            model_name="responder",
            index=models.Index(fields=["agency"], name="responder_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="responder",
            constraint=models.UniqueConstraint(fields=("city", "id_digest"), name="responder_once_by_id"),
        ),
        migrations.AddConstraint(
            model_name="responder",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="responder_somewhere"
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active", True)), fields=("community", "name"), name="team_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__gt", 0)), name="team_in_an_area"
            ),
        ),
        migrations.AddIndex(
            model_name="teammember",
            index=models.Index(
                condition=models.Q(("until", None)), fields=["team"], name="team_member_by_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("responder",), name="team_member_of_one"
            ),
        ),
        Wall("workforce_agency"),
        Wall("workforce_responder"),
        Wall("workforce_team"),
        Wall("workforce_teammember"),
    ]
