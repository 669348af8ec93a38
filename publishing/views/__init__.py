"""Views of the signed-in: one module for a kind of page."""
