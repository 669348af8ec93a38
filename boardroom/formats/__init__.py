"""How dates and clock times are written on screen, a package for each language; what is not here is Django's own."""
