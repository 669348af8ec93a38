"""Doubts about a record."""


def known_of(board):
    return None


def findings(record, known):
    return []
