"""Access: who may read a thing, by which legal basis (P9, P10, P12)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AccessFields(models.Model):
    """Access level of a title, text or paper. An empty level says nothing was decided, which reads as open."""

    class Level(models.TextChoices):
        OPEN = "open", _("Open")
        INTERNAL = "internal", _("Internal")
        EXEMPT = "exempt", _("Exempt from public access")

    access_level = models.CharField(_("access"), max_length=10, choices=Level, blank=True)
    access_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    public_title = models.TextField(_("public title"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_shielded(self) -> bool:
        """True when no byte of this may be public (P11)."""
        return self.access_level in {self.Level.INTERNAL, self.Level.EXEMPT}

    @property
    def access(self) -> dict | None:
        """The exchange format's `access`, or None where nothing was decided."""
        if not self.access_level:
            return None
        return {"level": self.access_level, "basis": self.access_basis, "public_title": self.public_title}


class LegalBasis(models.Model):
    """A rule that can be cited, with the time it is in force; two generations of a law can stand side by side (P9)."""

    citation = models.CharField(_("citation"), max_length=300, unique=True)
    title = models.CharField(_("what it covers"), max_length=300)
    is_duty = models.BooleanField(_("must be withheld"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        ordering = ["citation"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="legal_basis_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.citation
