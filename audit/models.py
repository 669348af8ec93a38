"""The trail's one table: entries that are only ever added, each carrying the hash of the one before."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class TrailIsClosed(TypeError):
    """Somebody tried to change or remove an entry; nothing was done."""

    def __init__(self):
        super().__init__("An entry of the trail is never changed or removed.")


class EntryQuerySet(models.QuerySet):
    def update(self, **changes):
        raise TrailIsClosed

    def delete(self):
        raise TrailIsClosed

    def about(self, obj) -> "EntryQuerySet":
        """The entries on one object."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))


class Entry(models.Model):
    """Who did what to what, and when. Written by `audit.trail`; the database refuses UPDATE and DELETE."""

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=300)
    act = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    board = models.CharField(max_length=100, null=True, db_index=True)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_entry_object"),
            models.Index(fields=["board", "seq"], name="audit_entry_board"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_entry_seq_from_one"),
            models.CheckConstraint(condition=~models.Q(act=""), name="audit_entry_names_the_act"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TrailIsClosed
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TrailIsClosed
