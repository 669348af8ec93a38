"""What a scenario found: one line, with the figure, the bar, and whether it holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`number` is the row of spec/reliability.md, `what` a few words, `figure` what was measured, `bar` what is asked."""

    number: str
    what: str
    figure: str
    bar: str
    holds: bool

    def __str__(self) -> str:
        return f"{'ok  ' if self.holds else 'FAIL'} {self.number} {self.what}: {self.figure} (bar: {self.bar})"


def counted(number: str, what: str, faults: list[str], more: str = "") -> Line:
    """A line whose bar is that nothing is wrong; the first faults are told in it."""
    figure = f"{len(faults)} faults" + (f"; {more}" if more else "")
    if faults:
        figure += ": " + " | ".join(faults[:5])
    return Line(number, what, figure, "0", not faults)
