"""Searches of the register that somebody keeps (issue 5, 1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.models import Board


class SavedView(models.Model):
    """A search of the register with a name, for one person; without a board it is across all boards.

    `query` is the query string of the register's page.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="follow_up_views")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "board", "name"], name="one_view_a_name"),
            models.UniqueConstraint(
                fields=["user", "name"], condition=models.Q(board__isnull=True), name="one_view_a_name_across"
            ),
        ]

    def __str__(self) -> str:
        return self.name
