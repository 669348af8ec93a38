"""What a browser says of itself, in words a person knows it by."""

import re

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR|Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("CriOS|Chrome|Chromium", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """«Safari, iPhone»; the empty text where nothing is recognised."""
    known = (next((word for sign, word in signs if re.search(sign, user_agent)), "") for signs in (BROWSERS, SYSTEMS))
    return ", ".join(word for word in known if word)
