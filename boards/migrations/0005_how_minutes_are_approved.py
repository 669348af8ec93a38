from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0004_call_deputies_at_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="approval_days",
            field=models.PositiveSmallIntegerField(default=7, verbose_name="days to answer when minutes are approved"),
        ),
        migrations.AddField(
            model_name="board",
            name="approvers",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="how many approve by name"),
        ),
    ]
