"""The rows of minutes in the route table."""

from boardroom.lib.route import Route

BOTH, POST = ("GET", "POST"), ("POST",)

ROUTES: dict[str, Route] = {
    "minutes:decisions": Route("board", "documents.read", "board"),
    "minutes:minutes": Route("board", None, "minutes"),
    "minutes:note": Route("board", "minutes.write", "item", BOTH),
    "minutes:no-items": Route("board", "minutes.write", "item", POST),
    "minutes:no-decision": Route("board", "minutes.write", "item", POST),
    "minutes:phrase": Route("board", "minutes.write", "item", POST),
    "minutes:add-block": Route("board", "minutes.write", "item", POST),
    "minutes:block": Route("board", "minutes.write", "block"),
    "minutes:edit-block": Route("board", "minutes.write", "block", BOTH),
    "minutes:vote-sum": Route("board", "minutes.write", "block", POST),
    "minutes:move-block": Route("board", "minutes.write", "block", POST),
    "minutes:delete-block": Route("board", "minutes.write", "block", BOTH),
    "minutes:revisions": Route("board", "minutes.write", "block"),
    "minutes:restore": Route("board", "minutes.write", "block", POST),
    "minutes:review": Route("board", None, "minutes"),
    "minutes:remark": Route("board", "minutes.remark", "minutes", POST),
    "minutes:no-remarks": Route("board", "minutes.remark", "minutes", POST),
    "minutes:remarks": Route("board", "minutes.read_remarks", "minutes"),
    "minutes:remarks-csv": Route("board", "minutes.read_remarks", "minutes"),
    "minutes:settle": Route("board", "minutes.settle_remarks", "remark", POST),
    "minutes:outside-note": Route("board", "minutes.settle_remarks", "minutes", BOTH),
    "minutes:close-round": Route("board", "minutes.settle_remarks", "minutes", POST),
}
