"""Addresses of the minutes, their review, and the register of decisions."""

from django.urls import include, path

from minutes.views import approval, blocks, conflict, decisions, live, minutes, places, present, settling

app_name = "minutes"

_block = [
    path("", blocks.block, name="block"),
    path("edit/", blocks.edit, name="edit-block"),
    path("choose/", conflict.choose, name="choose-text"),
    path("sum/", blocks.vote_sum, name="vote-sum"),
    path("move/", places.move, name="move-block"),
    path("delete/", places.delete, name="delete-block"),
    path("bring-back/", places.bring_back, name="bring-back"),
    path("revisions/", places.revisions, name="revisions"),
    path("revisions/<int:version>/restore/", places.restore, name="restore"),
]
_item = [
    path("begin/", live.begin, name="begin"),
    path("take-back/", live.take_back, name="take-back"),
    path("times/", live.times, name="times"),
    path("note/", minutes.note, name="note"),
    path("no-items/", minutes.no_items, name="no-items"),
    path("approval/", approval.approve_earlier, name="approve-earlier"),
    path("no-decision/", minutes.no_decision, name="no-decision"),
    path("phrase/", minutes.phrase, name="phrase"),
    path("<slug:type>/add/", blocks.add, name="add-block"),
]
_people = [
    path("undo/", present.undo, name="undo-press"),
    path("deputy/", present.deputy, name="deputy"),
    path("guest/", present.guest, name="guest"),
    path("<int:person>/press/", present.press, name="press"),
    path("<int:person>/time/", present.set_clock, name="set-clock"),
]
_minutes = [
    path("", live.minutes, name="minutes"),
    path("here/", live.here, name="here"),
    path("hours/", live.hours, name="hours"),
    path("end/", live.end_meeting, name="end-meeting"),
    path("resume/", live.resume_meeting, name="resume-meeting"),
    path("people/", include(_people)),
    path("people/blocks/<int:block>/", present.stand_down, name="stand-down"),
    path("cases/<int:item>/", include(_item)),
    path("blocks/<int:block>/", include(_block)),
]
_review = [
    path("remarks/", settling.remarks, name="remarks"),
    path("remarks/add/", settling.add, name="add-remark"),
    path("remarks/texts/<int:block>/", settling.text_changes, name="text-changes"),
    path("remarks.csv", settling.remarks_csv, name="remarks-csv"),
    path("remarks/<int:remark>/settle/", settling.settle, name="settle"),
    path("notes/add/", settling.outside_note, name="outside-note"),
    path("extend/", settling.extend, name="extend-round"),
    path("remind/", settling.remind, name="remind"),
    path("close/", settling.close, name="close-round"),
]

urlpatterns = [
    path("boards/<slug:board>/decisions/", decisions.decisions, name="decisions"),
    path("boards/<slug:board>/meetings/<slug:meeting>/minutes/", include(_minutes)),
    path("boards/<slug:board>/meetings/<slug:meeting>/review/", include(_review)),
]
