import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0001_caseloads"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="caseload",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="workforce.caseload",
            ),
        ),
    ]
