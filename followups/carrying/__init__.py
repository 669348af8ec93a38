"""What goes on to which meeting: the carry-forward, its plan, and the secretary's corrections of it."""
