"""Addresses of the register of follow-ups, the plan for the next meeting, and follow-ups in the minutes."""

from django.urls import include, path

from followups.views import acts, blocks, plan, register, start

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
_own = [
    path("boards/<slug:board>/follow-ups/", include(_register)),
    path("boards/<slug:board>/meetings/<slug:meeting>/", include(_meeting)),
]

urlpatterns = [
    path("follow-ups/", register.mine, name="followups"),
    path("", include((_own, "followups"))),
]
