"""The pages of meetings: lists, the meeting, its agenda, papers and attendance."""
