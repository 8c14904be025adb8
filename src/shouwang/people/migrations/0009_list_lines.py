from django.db import migrations, models

import shouwang.access.sealed


class Migration(migrations.Migration):
    """A list from above waits with its file until it is loaded; a line may name several people, and says how it was
    settled."""

    dependencies = [("people", "0008_by_hand")]

    operations = [
        migrations.AddField("returneelist", "content", shouwang.access.sealed.SealedTextField(null=True)),
        migrations.AddField(
            "listline", "list_name", models.CharField(blank=True, default="", max_length=120), False
        ),
        migrations.AddField("listline", "part", models.SmallIntegerField(default=0)),
        migrations.AddField(
            "listline",
            "how",
            models.CharField(
                blank=True,
                choices=[("roster", "roster"), ("register", "register"), ("hand", "hand")],
                default="",
                max_length=8,
            ),
            False,
        ),
        migrations.RemoveConstraint("listline", "list_line_once"),
        migrations.AddConstraint(
            "listline",
            models.UniqueConstraint(fields=["listed_in", "sheet", "row", "part"], name="list_line_once"),
        ),
    ]
