"""The rows of publishing in the route table."""

from boardroom.lib.route import Route

FORM = ("GET", "POST")
POST = ("POST",)

ACTS = {
    "send-call": Route("board", "meetings.send_call", "meeting", FORM),
    "send-supplementary-call": Route("board", "meetings.send_call", "meeting", FORM),
    "call": Route("board", "meetings.send_call", "meeting"),
    "send-call-again": Route("board", "meetings.send_call", "meeting", POST),
    "add-recipient": Route("board", "meetings.send_call", "meeting", POST),
    "send-for-review": Route("board", "minutes.send_for_review", "minutes", FORM),
    "finalise": Route("board", "minutes.finalise", "minutes", FORM),
    "approve": Route("board", "minutes.approve", "minutes", FORM),
    "correct": Route("board", "minutes.correct", "minutes", FORM),
    "issue-correction": Route("board", "minutes.correct", "minutes", POST),
    "give-up-correction": Route("board", "minutes.correct", "minutes", POST),
    "attach-review-summary": Route("board", "minutes.settle_remarks", "minutes", POST),
    "issue-review-summary": Route("board", "minutes.settle_remarks", "minutes", POST),
}
APPROVAL = {
    "approval": Route("board", "minutes.approve", "minutes", FORM),
    "answer-approval": Route("board", "minutes.answer_approval", "minutes", FORM),
    "remind-approval": Route("board", "minutes.approve", "minutes", POST),
    "extend-approval": Route("board", "minutes.approve", "minutes", POST),
    "withdraw-approval": Route("board", "minutes.approve", "minutes", POST),
    "conclude-approval": Route("board", "minutes.approve", "minutes", POST),
}
WARNINGS = {
    "warnings": Route("board", "minutes.write", "meeting"),
    "set-warning-aside": Route("board", "minutes.write", "meeting", POST),
}
REVIEW = {
    "review": Route("board", None, "minutes"),
    "send-remarks": Route("board", "minutes.remark", "minutes", POST),
    "no-remarks": Route("board", "minutes.remark", "minutes", POST),
    "change-remark": Route("board", "minutes.remark", "remark", POST),
    "withdraw-remark": Route("board", "minutes.remark", "remark", POST),
    "compare": Route("board", "documents.read", "meeting"),
}
DOCUMENTS = {
    "documents": Route("board", "documents.read", "meeting"),
    "document": Route("board", "documents.read", "document"),
    "document-html": Route("board", "documents.read", "document"),
    "document-pdf": Route("board", "documents.read", "document"),
    "preview": Route("board", "meetings.read_plan", "meeting"),
    "run-again": Route("board", "jobs.run_again", "document", POST),
    "publish": Route("board", "documents.publish", "document", FORM),
    "withdraw": Route("board", "documents.withdraw", "document", FORM),
}
FINDING = {"find": Route("signed-in")}
JOBS = {
    "jobs": Route("signed-in", "jobs.read"),
    "run-job-again": Route("signed-in", "jobs.run_again", "job", POST),
    "run-jobs-again": Route("signed-in", "jobs.run_again", methods=POST),
}
EXCHANGE = {
    "import": Route("signed-in", "exchange.import", methods=FORM),
    "save-import": Route("signed-in", "exchange.import", methods=POST),
    "export": Route("board", "exchange.export", "board"),
}
PUBLIC = {
    "front": Route("public"),
    "public-board": Route("public", object="board"),
    "public-year": Route("public", object="board"),
    "public-meeting": Route("public", object="publication"),
    "public-document": Route("public", object="publication"),
    "public-pdf": Route("public", object="publication"),
    "public-version": Route("public", object="publication"),
    "public-version-pdf": Route("public", object="publication"),
    "public-case": Route("public", object="case"),
    "tracker": Route("public"),
    "tracker-csv": Route("public"),
    "tracker-json": Route("public"),
    "tracker-board": Route("public", object="board"),
    "tracker-follow-up": Route("public", object="published follow-up"),
}

ROUTES: dict[str, Route] = {
    f"publishing:{name}": row
    for name, row in (ACTS | APPROVAL | WARNINGS | REVIEW | DOCUMENTS | FINDING | JOBS | EXCHANGE | PUBLIC).items()
}
