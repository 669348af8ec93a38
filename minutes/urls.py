"""Addresses of the minutes, their review, and the register of decisions."""

from django.urls import include, path

from minutes.views import blocks, decisions, minutes, review

app_name = "minutes"

_block = [
    path("", blocks.block, name="block"),
    path("edit/", blocks.edit, name="edit-block"),
    path("sum/", blocks.vote_sum, name="vote-sum"),
    path("move/", blocks.move, name="move-block"),
    path("delete/", blocks.delete, name="delete-block"),
    path("revisions/", blocks.revisions, name="revisions"),
    path("revisions/<int:version>/restore/", blocks.restore, name="restore"),
]
_item = [
    path("note/", minutes.note, name="note"),
    path("no-items/", minutes.no_items, name="no-items"),
    path("no-decision/", minutes.no_decision, name="no-decision"),
    path("phrase/", minutes.phrase, name="phrase"),
    path("<slug:type>/add/", blocks.add, name="add-block"),
]
_minutes = [
    path("", minutes.minutes, name="minutes"),
    path("cases/<int:item>/", include(_item)),
    path("blocks/<int:block>/", include(_block)),
]
_review = [
    path("", review.read, name="review"),
    path("remark/", review.remark, name="remark"),
    path("no-remarks/", review.none, name="no-remarks"),
    path("remarks/", review.remarks, name="remarks"),
    path("remarks.csv", review.remarks_csv, name="remarks-csv"),
    path("remarks/<int:remark>/settle/", review.settle, name="settle"),
    path("notes/add/", review.outside_note, name="outside-note"),
    path("close/", review.close, name="close-round"),
]

urlpatterns = [
    path("boards/<slug:board>/decisions/", decisions.decisions, name="decisions"),
    path("boards/<slug:board>/meetings/<slug:meeting>/minutes/", include(_minutes)),
    path("boards/<slug:board>/meetings/<slug:meeting>/review/", include(_review)),
]
