"""Addresses of the register of follow-ups, the plan for the next meeting, and follow-ups in the minutes."""

from django.urls import include, path

from followups.views import acts, blocks, owner_links, owning, plan, register, start

_register = [
    path("", register.register, name="register"),
    path("new/", acts.new, name="new"),
    path("print/", register.paper, name="print"),
    path("plan/", plan.show, name="plan"),
    path("plan/carry/", plan.carry_now, name="carry"),
    path("<int:follow_up>/", register.follow_up, name="follow-up"),
    path("<int:follow_up>/edit/", acts.edit, name="edit"),
    path("<int:follow_up>/status/change/", acts.status, name="status"),
    path("<int:follow_up>/case/create/", acts.create_case, name="create-case"),
    path("<int:follow_up>/report/", owning.own, name="own"),
    path("<int:follow_up>/reports/<int:owner_report>/withdraw/", owning.withdraw, name="withdraw-report"),
    path("<int:follow_up>/reports/<int:owner_report>/confirm/", owning.confirm, name="confirm-report"),
    path("<int:follow_up>/reports/<int:owner_report>/decline/", owning.decline, name="decline-report"),
]
_meeting = [
    path("follow-ups/reports/<int:report>/edit/", plan.say, name="say"),
    path("follow-ups/reports/<int:report>/take-out/", plan.leave_out, name="take-out"),
    path("follow-ups/reports/<int:report>/put-back/", plan.put_back, name="put-back"),
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
_own = [
    path("follow-ups/link/<str:token>/", include(_link)),
    path("boards/<slug:board>/follow-ups/", include(_register)),
    path("boards/<slug:board>/meetings/<slug:meeting>/", include(_meeting)),
]

urlpatterns = [
    path("follow-ups/", register.mine, name="followups"),
    path("", include((_own, "followups"))),
]
