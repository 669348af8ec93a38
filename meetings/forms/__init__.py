"""Forms of meetings: the meeting itself, rows of its agenda, papers, attendance."""
