"""A kind of letter for the tests that kill workers."""
