"""The rows of followups in the route table."""

from boardroom.lib.route import Route

BOTH, POST = ("GET", "POST"), ("POST",)

ROUTES: dict[str, Route] = {
    "followups": Route("signed-in"),
    "followups:register": Route("board", "followups.read", "board"),
    "followups:new": Route("board", "followups.edit", "board", BOTH),
    "followups:print": Route("board", "followups.read", "board"),
    "followups:plan": Route("board", "followups.edit", "board"),
    "followups:carry": Route("board", "followups.edit", "board", POST),
    "followups:follow-up": Route("board", "followups.read", "follow-up"),
    "followups:edit": Route("board", "followups.edit", "follow-up", BOTH),
    "followups:status": Route("board", "followups.report", "follow-up", POST),
    "followups:create-case": Route("board", "followups.edit", "follow-up", POST),
    "followups:meeting-plan": Route("board", "followups.edit", "meeting"),
    "followups:ask-for-reports": Route("board", "followups.edit", "meeting", POST),
    "followups:plan-out": Route("board", "followups.edit", "follow-up", POST),
    "followups:plan-off": Route("board", "followups.edit", "follow-up", POST),
    "followups:plan-in": Route("board", "followups.edit", "follow-up", POST),
    "followups:take-back": Route("board", "followups.edit", "report", POST),
    "followups:move-report": Route("board", "followups.edit", "report", POST),
    "followups:wording": Route("board", "followups.edit", "report", BOTH),
    "followups:use-register": Route("board", "followups.edit", "report", POST),
    "followups:use-proposal": Route("board", "followups.edit", "report", POST),
    "followups:drop-proposal": Route("board", "followups.edit", "report", POST),
    "followups:own": Route("board", "followups.read", "follow-up", BOTH),
    "followups:withdraw-report": Route("board", "followups.read", "follow-up", POST),
    "followups:confirm-report": Route("board", "followups.close", "follow-up", POST),
    "followups:decline-report": Route("board", "followups.close", "follow-up", BOTH),
    "followups:link": Route("public", object="follow-up", methods=BOTH),
    "followups:link-withdraw": Route("public", object="follow-up", methods=POST),
    "followups:link-renew": Route("public", object="follow-up", methods=POST),
    "followups:say": Route("board", "followups.edit", "report", BOTH),
    "followups:take-out": Route("board", "followups.edit", "report", BOTH),
    "followups:put-back": Route("board", "followups.edit", "report", POST),
    "followups:add-block": Route("board", "minutes.write", "item", POST),
    "followups:edit-block": Route("board", "minutes.write", "block", BOTH),
    "followups:start-meeting": Route("board", "minutes.write", "meeting", POST),
    "followups:start-minutes": Route("board", "minutes.write", "meeting", POST),
}
