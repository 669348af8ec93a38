"""The values of reliability.md 4 in one place: what a clumsy or hostile hand puts into a field, an address or a query."""

TITLE_TOO_LONG = "Å" * 100_000
LONE_SURROGATE = b"\xed\xa0\x80"

TEXTS = [
    "",
    "   ",
    "\u00a0",
    "\u200b\u200b\u200b",
    "\ufeff",
    "Sak\x00tittel",
    "Sak\x1b[31m",
    "Sak\x85tittel",
    LONE_SURROGATE,
    "Sak\uffff",
    "Sak \u202eknud",
    "Sak \U000e0041",
    "M\u006f\u0338te 👩‍👧 Čáhppes",
    "Z\u0351\u0352\u0353" * 40,
    TITLE_TOO_LONG,
    "a\r\nBcc: alle@example.org",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% debug %}",
    "../../etc/passwd",
    "' OR 1=1 --",
    "%s%n%(x)s{0}",
]
LABELS = ["3-39/23", "4/38-23", "Sak 6-44/24, del 2", "0/2026", "../2026", "٣/26", "1\n2/26", "9" * 150]
DATES = [
    "29.02.2027",
    "31.04.2026",
    "2026-13-01",
    "01.01.0001",
    "31.12.9999",
    "1.1.26",
    "20.04.23",
    "imorgen",
    "٠١.٠٢.٢٠٢٦",
]
TIMES = ["02.30", "24:00", "25:00", "12:60", "noon", "kl. 13.15", "1300-1430", "٣:٠٠", "00:00", "-1:00"]
NUMBERS = [
    "abc",
    "NaN",
    "1e400",
    "-1",
    "0",
    str(2**31),
    str(2**63),
    "-" + str(2**63),
    "9" * 5000,
    "٣",
    "1.5",
    "Infinity",
]
HTML = [
    "<p>x</p><script>alert(1)</script>",
    "<p onclick=alert(1)>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<table><tr><td colspan=99999999>x</td></tr></table>",
    "<div>" * 400 + "x",
    "<ul>" + "<li>x" * 20_000,
    "<p>" + "x" * 250_000,
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<p>Sak\x00</p>",
    "<p>Sak \u202e</p>",
    "<p>&#0;&#xD800;&#x202e;&#1;</p>",
    "<!--" * 1000,
]
ADDRESSES = ["a", "a@b\r\nBcc: c@d.no", '"A" <a@b.no>, c@d.no', "ø@øre.no", "a@" + "b" * 2000 + ".no", "a@b.no\u202e"]
LINKS = [
    "javascript:alert(1)",
    "//evil.example",
    "https:evil",
    "data:text/html,x",
    "http://[::1",
    "http://a b/",
    "file:///etc/passwd",
]
ALL = [*TEXTS, *LABELS, *DATES, *TIMES, *NUMBERS, *HTML, *ADDRESSES, *LINKS]

QUERIES = [
    *(text for text in TEXTS if text not in {"", TITLE_TOO_LONG}),
    "x" * 9000,
    *DATES,
    *NUMBERS,
    "*",
    "<p>",
    "0001-01-01",
    "99999",
]
IN_PATH = [
    "abc",
    "-1",
    "0",
    str(2**31),
    str(2**63),
    "9" * 5000,
    "%D9%A3",
    "%00",
    "..%2f..%2fetc",
    "%ED%A0%80",
    "%E2%80%AE",
    "1.5",
    "%0d%0aX:1",
    "a%27b",
]

INTERNALS = (
    r"Traceback|File \"|site-packages|psycopg|sqlite3|IntegrityError|DoesNotExist|MultiValueDict"
    r"|SELECT \"|INSERT INTO|UPDATE \"|\bTypeError|\bValueError|\bKeyError|&lt;class |object at 0x"
)
