"""Roman numerals, for boards that number their cases so."""

NUMERALS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
NUMERALS += ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(value: int) -> str:
    """`XIV` for 14. ValueError outside 1 to 3999."""
    if not 0 < value < 4000:
        raise ValueError(f"{value} has no Roman numeral.")
    written = ""
    for size, letters in NUMERALS:
        count, value = divmod(value, size)
        written += letters * count
    return written
