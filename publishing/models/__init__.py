"""The rows of publishing."""

from publishing.models.documents import Document, Publication, PublishedCase, WarningSetAside
from publishing.models.tracker import DueKind, FollowUpMention, PublishedFollowUp, ResponsibleName

__all__ = [
    "Document",
    "DueKind",
    "FollowUpMention",
    "Publication",
    "PublishedCase",
    "PublishedFollowUp",
    "ResponsibleName",
    "WarningSetAside",
]
