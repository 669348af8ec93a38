"""Forms of boards: the board, its lists, its layout, seats and the register."""
