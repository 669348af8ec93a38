"""Addresses of the register of follow-ups, the plan for the next meeting, and follow-ups in the minutes."""

from django.urls import include, path

from followups.views import (
    acts,
    blocks,
    exports,
    owner_links,
    owning,
    placing,
    plan,
    register,
    saying,
    searches,
    start,
    story,
)

_register = [
    path("", register.register, name="register"),
    path("new/", acts.new, name="new"),
    path("print/", register.paper, name="print"),
    path("follow-ups.csv", exports.csv, name="csv"),
    path("follow-ups.xlsx", exports.xlsx, name="xlsx"),
    path("plan/", plan.show, name="plan"),
    path("plan/carry/", plan.carry_now, name="carry"),
    path("<int:follow_up>/", story.follow_up, name="follow-up"),
    path("<int:follow_up>/edit/", acts.edit, name="edit"),
    path("<int:follow_up>/split/", acts.split, name="split"),
    path("<int:follow_up>/status/change/", acts.status, name="status"),
    path("<int:follow_up>/case/create/", acts.create_case, name="create-case"),
    path("<int:follow_up>/report/", owning.own, name="own"),
    path("<int:follow_up>/reports/<int:owner_report>/withdraw/", owning.withdraw, name="withdraw-report"),
    path("<int:follow_up>/reports/<int:owner_report>/confirm/", owning.confirm, name="confirm-report"),
    path("<int:follow_up>/reports/<int:owner_report>/decline/", owning.decline, name="decline-report"),
]
_meeting = [
    path("follow-ups/", plan.of_meeting, name="meeting-plan"),
    path("follow-ups/ask-for-reports/", placing.ask_for_reports, name="ask-for-reports"),
    path("follow-ups/<int:follow_up>/out/", placing.take_out, name="plan-out"),
    path("follow-ups/<int:follow_up>/put-off/", placing.put_off, name="plan-off"),
    path("follow-ups/<int:follow_up>/put-in/", placing.put_in, name="plan-in"),
    path("follow-ups/reports/<int:report>/put-back/", placing.put_back, name="put-back"),
    path("follow-ups/reports/<int:report>/take-back/", placing.take_back, name="take-back"),
    path("follow-ups/reports/<int:report>/move/", placing.move, name="move-report"),
    path("follow-ups/reports/<int:report>/words/", placing.wording, name="wording"),
    path("follow-ups/reports/<int:report>/words/register/", placing.use_register, name="use-register"),
    path("follow-ups/reports/<int:report>/proposal/use/", saying.use_proposal, name="use-proposal"),
    path("follow-ups/reports/<int:report>/proposal/drop/", saying.drop_proposal, name="drop-proposal"),
    path("follow-ups/reports/<int:report>/edit/", saying.say, name="say"),
    path("follow-ups/reports/<int:report>/take-out/", saying.leave_out, name="take-out"),
    path("follow-ups/cases/<int:item>/add/", blocks.add, name="add-block"),
    path("follow-ups/blocks/<int:block>/edit/", blocks.edit, name="edit-block"),
    path("start-minutes/", blocks.start_minutes, name="start-minutes"),
    path("start-meeting/", start.start_meeting, name="start-meeting"),
]
_link = [
    path("", owner_links.link, name="link"),
    path("withdraw/", owner_links.withdraw, name="link-withdraw"),
    path("renew/", owner_links.renew, name="link-renew"),
]
_across = [
    path("print/", register.all_on_paper, name="all-print"),
    path("follow-ups.csv", exports.all_csv, name="all-csv"),
    path("follow-ups.xlsx", exports.all_xlsx, name="all-xlsx"),
    path("responsible/", register.find_responsible, name="find-responsible"),
    path("searches/keep/", searches.keep, name="keep-view"),
    path("searches/<int:view>/", searches.change, name="view"),
    path("searches/<int:view>/delete/", searches.delete, name="delete-view"),
]
_own = [
    path("follow-ups/", include(_across)),
    path("follow-ups/link/<str:token>/", include(_link)),
    path("boards/<slug:board>/follow-ups/", include(_register)),
    path("boards/<slug:board>/meetings/<slug:meeting>/", include(_meeting)),
]

urlpatterns = [
    path("follow-ups/", register.mine, name="followups"),
    path("", include((_own, "followups"))),
]
