"""One row of the route table: who a URL is for, which act it performs, on what kind of object."""

from dataclasses import dataclass

AUDIENCES = ("public", "signed-in", "board")


@dataclass(frozen=True)
class Route:
    """`audience` public, signed-in (anyone with an account) or board (a role in the object's board).

    `act` is a word of `boards.roles.ACTS`, or None where looking is all; `object` is the kind of thing the URL names
    ("" for none); `methods` are those the view answers (HEAD comes with GET).
    """

    audience: str
    act: str | None = None
    object: str = ""
    methods: tuple[str, ...] = ("GET",)

    @property
    def allowed_methods(self) -> frozenset[str]:
        return frozenset({*self.methods, "HEAD"} if "GET" in self.methods else self.methods)
