"""The minutes: items, blocks, decisions, votes, review rounds, remarks and approval."""

from minutes.models.approval import ApprovalRequest
from minutes.models.blocks import (
    Alternative,
    Ballot,
    Block,
    Decision,
    Disqualification,
    Proposal,
    Statement,
    TextRevision,
    Vote,
)
from minutes.models.minutes import Minutes, MinutesItem
from minutes.models.presence import Presence
from minutes.models.review import Answer, Remark, ReviewRound

__all__ = [
    "Alternative",
    "Answer",
    "ApprovalRequest",
    "Ballot",
    "Block",
    "Decision",
    "Disqualification",
    "Minutes",
    "MinutesItem",
    "Presence",
    "Proposal",
    "Remark",
    "ReviewRound",
    "Statement",
    "TextRevision",
    "Vote",
]
