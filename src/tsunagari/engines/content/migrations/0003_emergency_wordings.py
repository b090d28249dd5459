"""An emergency's wordings follow one another; a command begins one without a person."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Emergencies know which wording they supersede."""

    dependencies: ClassVar = [("content", "0002_words_links_findings")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="emergency",
            name="supersedes",
            field=models.CharField(blank=True, default="", max_length=22),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="emergency",
            name="begun_by",
            field=models.CharField(blank=True, max_length=22),
        ),
    ]
