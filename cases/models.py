"""Cases before and across meetings, and the files that belong to them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import AccessFields, Board


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cases of the boards the user sits on. Shielded ones are left out by the page that lists them, by role."""
        return self.filter(board__in=Board.objects.visible_to(user))

    def waiting(self):
        """The queue «kommer til behandling»."""
        return self.filter(is_waiting=True)


class Case(AccessFields):
    """The matter (sak). It exists before any meeting and may be taken up in several (house.md 3)."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="cases")
    title = models.TextField(_("title"))
    type = models.CharField(_("case type"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True)
    submitted_by = models.CharField(_("submitted by"), max_length=300, blank=True)
    officer = models.CharField(_("case officer"), max_length=300, blank=True)
    archive_reference = models.CharField(_("archive reference"), max_length=100, blank=True)
    is_waiting = models.BooleanField(_("waits for a meeting"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-pk"]
        indexes = [models.Index(fields=["board", "is_waiting"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.board.slug, self.pk])


class StoredFile(models.Model):
    """A file kept under its own hash, never overwritten (R105, P23). `path` is below BOARDROOM_DATA/files."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type"), max_length=100)
    name = models.CharField(_("file name as given"), max_length=255)
    is_shielded = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=0), name="file_has_a_size")]

    def __str__(self) -> str:
        return self.name
