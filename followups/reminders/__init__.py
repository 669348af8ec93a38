"""Who is reminded of what, when, and who is asked for a report."""
