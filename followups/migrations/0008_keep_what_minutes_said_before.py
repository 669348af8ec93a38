"""What issued minutes say of what they promise and report is kept beside the register, which goes on changing.

Where a correction is open, a promise that is new in it was in the register already and stays there. Its reports have not
done all they say, and do the rest when it is issued.
"""

from django.db import migrations, models

ISSUED = ["final", "approved"]


def keep_what_was_issued(apps, schema_editor):
    follow_ups = apps.get_model("followups", "FollowUp")
    said = follow_ups.objects.filter(source_block__item__minutes__state__in=ISSUED)
    for chunk in _chunks(said.prefetch_related("actions")):
        for one in chunk:
            one.as_issued = [_words(action) for action in one.actions.all()]
        follow_ups.objects.bulk_update(chunk, ["as_issued"])
    _register(apps, said.filter(source_block__item__minutes__correction_reason__gt=""))
    reports = apps.get_model("followups", "Report")
    told = reports.objects.filter(meeting__minutes__state__in=ISSUED, meeting__minutes__correction_reason="")
    for chunk in _chunks(told):
        for one in chunk:
            is_out = one.is_left_out
            one.as_issued = {"status": "" if is_out else one.status, "due_text": "" if is_out else one.due_text}
        reports.objects.bulk_update(chunk, ["as_issued"])
    reports.objects.filter(models.Q(as_issued=None) | models.Q(as_issued__isnull=True)).update(as_issued={})


def _register(apps, corrected):
    changes = apps.get_model("followups", "StatusChange")
    for one in corrected.exclude(changes__before="").select_related("source_block__item__minutes__meeting"):
        meeting = one.source_block.item.minutes.meeting
        first = {"after": one.state, "changed_on": meeting.first_day, "meeting": meeting}
        changes.objects.create(follow_up=one, **first)


def _chunks(rows):
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        yield list(rows.filter(pk__in=ids[start : start + 500]))


def _words(action):
    said = {name: getattr(action, name) for name in ("text", "responsible", "due_text", "note", "state")}
    return said | {"due_on": action.due_on.isoformat() if action.due_on else None}


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0007_issued_minutes_keep_what_they_say"),
        ("minutes", "0007_when_a_round_was_closed"),
    ]
    operations = [migrations.RunPython(keep_what_was_issued, migrations.RunPython.noop, elidable=True)]
