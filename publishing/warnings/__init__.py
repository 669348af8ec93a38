"""What the secretary should look over while writing: doubts at the side, never in the way (P1, P43, R10, R20, R21).

`warnings_of` gathers them for the minutes or the agenda of a meeting; one that is no fault can be set aside.
"""

from publishing.warnings.aside import bring_back, set_aside
from publishing.warnings.gathering import AGENDA, MINUTES, Found, Warning, warnings_of

__all__ = ["AGENDA", "MINUTES", "Found", "Warning", "bring_back", "set_aside", "warnings_of"]
