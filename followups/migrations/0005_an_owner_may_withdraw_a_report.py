from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("followups", "0004_a_moved_due_time_knows_what_it_was"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ownerreport",
            name="fate",
            field=models.CharField(
                choices=[
                    ("waiting", "Waits for the board"),
                    ("noted", "Noted"),
                    ("confirmed", "Confirmed"),
                    ("declined", "Not confirmed"),
                    ("overtaken", "Overtaken by a later report"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="noted",
                max_length=10,
                verbose_name="what became of it",
            ),
        ),
    ]
