"""Pages of the minutes: writing, one block, reviewing, and the register of decisions."""
