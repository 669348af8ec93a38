"""The cases of two versions beside each other: known again by their places, marked where they were changed."""

from publishing.comparing import ADDED, CHANGED, MOVED, REMOVED, SAME, Version, changes, compared


def block(html: str, type: str = "text") -> dict:
    return {"type": type, "lines": [{"as": "html", "html": html}]}


def case(number: str, *blocks: dict, title: str = "Badeplass") -> dict:
    return {"kind": "case", "label": [number], "title": title, "presenters": None, "notes": [], "blocks": list(blocks)}


def version(*cases: dict, places=()) -> Version:
    return Version({"cases": {"items": list(cases)}}, list(places))


def placed(*items) -> list[dict]:
    return [{"item": item, "blocks": list(blocks)} for item, blocks in items]


def told(cases) -> list[list[tuple[str, str]]]:
    return [[(str(part.html), part.change) for part in case.parts] for case in cases]


def test_what_was_not_touched_is_not_marked():
    one = version(case("1/26", block("<p>Ja</p>")), places=placed((1, [11])))
    found = compared(one, one)
    assert (told(found), changes(found)) == ([[("<p>Ja</p>", SAME)]], 0)


def test_blocks_that_came_went_and_were_changed_stand_where_they_were():
    old = version(
        case("1/26", block("<p>Først</p>"), block("<p>Bort</p>"), block("<p>Sist</p>")),
        places=placed((1, [11, 12, 13])),
    )
    new = version(
        case("1/26", block("<p>Først nå</p>"), block("<p>Ny</p>"), block("<p>Sist</p>")),
        places=placed((1, [11, 14, 13])),
    )
    [parts] = [case.parts for case in compared(old, new)]
    assert [part.change for part in parts] == [CHANGED, REMOVED, ADDED, SAME]
    assert [part.place for part in parts] == [11, None, 14, 13]
    assert 'data-change="del"' in parts[1].html and 'data-change="ins"' in parts[2].html


def test_a_block_that_changed_places_is_moved_and_not_taken_out():
    old = version(
        case("1/26", block("<p>A</p>"), block("<p>B</p>"), block("<p>C</p>")), places=placed((1, [11, 12, 13]))
    )
    new = version(
        case("1/26", block("<p>C</p>"), block("<p>A</p>"), block("<p>B</p>")), places=placed((1, [13, 11, 12]))
    )
    assert told(compared(old, new)) == [[("<p>C</p>", MOVED), ("<p>A</p>", SAME), ("<p>B</p>", SAME)]]


def test_a_block_that_went_to_another_case_is_moved():
    old = version(case("1/26", block("<p>A</p>")), case("2/26"), places=placed((1, [11]), (2, [])))
    new = version(case("1/26"), case("2/26", block("<p>A</p>")), places=placed((1, []), (2, [11])))
    assert told(compared(old, new)) == [[], [("<p>A</p>", MOVED)]]


def test_cases_that_came_and_went_stand_in_their_places():
    old = version(
        case("1/26"),
        case("2/26", block("<p>Bort</p>"), title="Brygge"),
        case("3/26"),
        places=placed((1, []), (2, [21]), (3, [])),
    )
    new = version(case("1/26"), case("3/26"), case("4/26", title="Ny"), places=placed((1, []), (3, []), (4, [])))
    found = compared(old, new)
    assert [(one.number, one.change) for one in found] == [
        ("1/26", SAME),
        ("2/26", REMOVED),
        ("3/26", SAME),
        ("4/26", ADDED),
    ]
    assert [part.change for part in found[1].parts] == [REMOVED]


def test_versions_without_places_are_known_by_number_and_words():
    old = version(case("1/26", block("<p>Rådet åpner badeplassen 1. juni</p>")))
    new = version(case("1/26", block("<p>Rådet åpner badeplassen 9. juni</p>"), block("<p>Brev fra fylket</p>")))
    assert [part.change for part in compared(old, new)[0].parts] == [CHANGED, ADDED]


def test_titles_are_text_and_never_markup():
    old, new = (version(case("1/26", title=title), places=placed((1, []))) for title in ("<b>A</b>", "<b>B</b>"))
    title = str(compared(old, new)[0].title)
    assert "<b>" not in title and "<del>" in title
