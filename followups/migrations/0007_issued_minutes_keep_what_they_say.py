from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followups", "0006_reports_know_what_they_were_meant_for")]

    operations = [
        migrations.AddField(
            model_name="followup",
            name="as_corrected",
            field=models.JSONField(blank=True, null=True, verbose_name="as the open correction says it"),
        ),
        migrations.AddField(
            model_name="followup",
            name="as_issued",
            field=models.JSONField(blank=True, null=True, verbose_name="as the issued minutes say it"),
        ),
        migrations.AddField(
            model_name="report",
            name="as_issued",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("later-meeting", "Planned for a later meeting"),
                    ("together", "Prepared with another organisation"),
                    ("waits", "Waits for other work"),
                    ("work-session", "Part of a work session in this meeting"),
                    ("case-here", "A case in this meeting"),
                    ("information", "Information in the meeting"),
                    ("published", "Done and published at an address"),
                    ("noted-done", "Done, see a message"),
                ],
                default="",
                max_length=15,
                verbose_name="how it is answered",
            ),
        ),
    ]
