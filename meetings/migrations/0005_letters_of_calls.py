"""A call's delivery is its letter; what was told of time and place is kept; calendars know a meeting by its own number."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = ("state", "problem", "sent_at")


def give_uids(apps, schema_editor):
    meetings = list(apps.get_model("meetings", "Meeting").objects.only("pk"))
    for meeting in meetings:
        meeting.uid = uuid.uuid4()
    apps.get_model("meetings", "Meeting").objects.bulk_update(meetings, ["uid"], batch_size=500)


def keep_what_was_told(apps, schema_editor):
    """The call of every meeting told its time and place as they are now, so nothing waits to be told."""
    Meeting, Notice = apps.get_model("meetings", "Meeting"), apps.get_model("meetings", "Notice")
    for meeting in Meeting.objects.filter(calls__isnull=False).distinct().prefetch_related("days", "calls"):
        days = [
            {"date": day.date.isoformat(), "start": _clock(day.start), "end": _clock(day.end)}
            for day in sorted(meeting.days.all(), key=lambda day: day.number)
        ] or [{"date": meeting.first_day.isoformat(), "start": "", "end": ""}]
        state = meeting.state if meeting.state in {"cancelled", "postponed"} else "on"
        facts = {"days": days, "place": meeting.place, "url": meeting.url, "state": state}
        told_at = max(call.sent_at for call in meeting.calls.all())
        Notice.objects.create(meeting=meeting, sequence=0, facts=facts, told_at=told_at)
    _settle(schema_editor)


def _clock(moment) -> str:
    return moment.isoformat("minutes") if moment else ""


def write_letters(apps, schema_editor):
    """What stood on a delivery stands on its letter, and a mail that waits is sent as a letter.

    The key is the one the job had, so a mail that was on its way keeps its Message-ID.
    """
    Letter, Job = apps.get_model("mail", "Letter"), apps.get_model("jobs", "Job")
    recipients = apps.get_model("meetings", "CallRecipient").objects.select_related("call__meeting")
    for recipient in recipients.order_by("pk"):
        call = recipient.call
        recipient.letter = Letter.objects.create(
            key=f"call-mail:{recipient.pk}",
            kind="call" if call.number == 1 else "supplementary-call",
            person_id=recipient.person_id,
            board_id=call.meeting.board_id,
            about=recipient.pk,
            address=recipient.email,
            made_at=call.sent_at,
            **{name: getattr(recipient, name) for name in KEPT},
        )
        recipient.save(update_fields=["letter"])
        jobs = Job.objects.filter(kind="call-mail", key=f"call-mail:{recipient.pk}")
        number = recipient.letter.pk
        jobs.update(kind="letter", key=f"letter:{number}", payload={"letter": number})
    _settle(schema_editor)


def write_deliveries(apps, schema_editor):
    """Backwards: a letter's fate stands on the delivery again. What only a letter knows becomes what comes nearest."""
    Letter, Job = apps.get_model("mail", "Letter"), apps.get_model("jobs", "Job")
    nearest = {"returned": "refused", "dropped": "refused", "gathered": "waiting"}
    for recipient in apps.get_model("meetings", "CallRecipient").objects.select_related("letter"):
        letter = recipient.letter
        if letter is None:
            continue
        recipient.email, recipient.problem, recipient.sent_at = letter.address, letter.problem, letter.sent_at
        recipient.state = nearest.get(letter.state, letter.state)
        recipient.letter = None
        recipient.save()
        jobs = Job.objects.filter(kind="letter", payload__letter=letter.pk).order_by("pk")
        for job in jobs[:1]:
            Job.objects.filter(pk=job.pk).update(
                kind="call-mail", key=f"call-mail:{recipient.pk}", payload={"recipient": recipient.pk}
            )
        Letter.objects.filter(pk=letter.pk).delete()
    _settle(schema_editor)


def _settle(schema_editor):
    """PostgreSQL alters no table whose rows still wait to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_jobs_and_schedule"),
        ("mail", "0001_letters"),
        ("meetings", "0004_answer_the_call"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("meeting", "uid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give_uids, migrations.RunPython.noop),
        migrations.AlterField(
            "meeting",
            "uid",
            models.UUIDField(
                default=uuid.uuid4,
                unique=True,
                editable=False,
                help_text="What calendars know the meeting by, all its life.",
            ),
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("facts", models.JSONField(default=dict)),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("told_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="meetings.meeting"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "sequence"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "sequence"), name="one_notice_a_sequence")
                ],
            },
        ),
        migrations.RunPython(keep_what_was_told, migrations.RunPython.noop),
        migrations.AddField(
            "callrecipient",
            "letter",
            models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="call_recipient",
                to="mail.letter",
            ),
        ),
        migrations.RunPython(write_letters, write_deliveries),
        migrations.RemoveField("callrecipient", "email"),
        migrations.RemoveField("callrecipient", "state"),
        migrations.RemoveField("callrecipient", "problem"),
        migrations.RemoveField("callrecipient", "sent_at"),
    ]
