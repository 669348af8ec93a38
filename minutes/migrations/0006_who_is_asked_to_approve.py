import django.db.models.deletion
from django.db import migrations, models

WAYS = [
    ("next-meeting", "At the next meeting"),
    ("circulation", "By circulation"),
    ("deemed-at-deadline", "Deemed approved at the deadline"),
    ("named-approvers", "By named approvers"),
    ("chair", "By the chair"),
]
ROLES = [
    ("chair", "Chair"),
    ("deputy-chair", "Deputy chair"),
    ("member", "Member"),
    ("deputy", "Deputy member"),
    ("observer", "Observer"),
    ("secretary", "Secretary"),
    ("archivist", "Archivist"),
]
ANSWERS = [("approved", "Approved"), ("objects", "Objects")]
UNANSWERED = models.Q(answer="", answered_at__isnull=True)
ANSWERED = models.Q(models.Q(("answer", ""), _negated=True), answered_at__isnull=False)
NO_OBJECTION = models.Q(("answer", "objects"), _negated=True)
GIVES_A_REASON = models.Q(("note", ""), _negated=True)


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0005_how_minutes_are_approved"),
        ("minutes", "0005_how_remarks_came_and_were_settled"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("way", models.CharField(choices=WAYS, max_length=30, verbose_name="approval")),
                ("role", models.CharField(blank=True, choices=ROLES, max_length=20, verbose_name="role")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("version_sha256", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("deadline", models.DateField(blank=True, null=True, verbose_name="answer by")),
                ("answer", models.CharField(blank=True, choices=ANSWERS, max_length=10, verbose_name="answer")),
                ("note", models.TextField(blank=True, verbose_name="reason")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval_requests",
                        to="minutes.minutes",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval_requests",
                        to="boards.person",
                    ),
                ),
            ],
            options={
                "ordering": ["minutes", "asked_at", "order", "pk"],
                "indexes": [models.Index(fields=["person", "answer"], name="approval_asked_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("minutes", "person"),
                        name="asked_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(UNANSWERED, ANSWERED, _connector="OR"), name="approval_answer_has_a_moment"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(NO_OBJECTION, GIVES_A_REASON, _connector="OR"),
                        name="an_objection_has_a_reason",
                    ),
                ],
            },
        ),
    ]
