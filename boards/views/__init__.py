"""The pages of boards: the list, one board and its settings, its people, and the register."""
