from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="agendarow",
            name="version",
            field=models.PositiveIntegerField(default=1, help_text="Rises with every saved change of the row's text."),
        ),
    ]
