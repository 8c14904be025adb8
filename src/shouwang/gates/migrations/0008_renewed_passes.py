from django.db import migrations, models


class Migration(migrations.Migration):
    """A pass that the next one follows leaves room for it: one open pass a holder that nothing follows."""

    dependencies = [
        ("gates", "0007_why_corrected"),
    ]

    operations = [
        migrations.AddField(
            model_name="pass",
            name="renewed",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.RemoveConstraint(model_name="pass", name="pass_open_once_a_resident"),
        migrations.RemoveConstraint(model_name="pass", name="pass_open_once_a_plate"),
        migrations.RemoveConstraint(model_name="pass", name="pass_open_once_a_responder"),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.UniqueConstraint(
                condition=models.Q(("renewed", False), ("revoked_at", None)),
                fields=("resident", "kind"),
                name="pass_open_once_a_resident",
            ),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("renewed", False), ("revoked_at", None), models.Q(("plate", ""), _negated=True)
                ),
                fields=("community", "plate"),
                name="pass_open_once_a_plate",
            ),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "responder"), ("renewed", False), ("revoked_at", None)),
                fields=("community", "holder", "purpose"),
                name="pass_open_once_a_responder",
            ),
        ),
    ]
