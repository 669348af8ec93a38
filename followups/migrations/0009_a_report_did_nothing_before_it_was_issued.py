from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followups", "0008_keep_what_minutes_said_before")]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="as_issued",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
