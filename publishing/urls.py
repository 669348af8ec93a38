"""Addresses of publishing: the issuing acts, the documents, the jobs, and the public site."""

from django.urls import include, path

from publishing import exchange_views, public_views, tracker_views
from publishing.views import (
    approving,
    calls,
    compare,
    documents,
    find,
    jobs,
    minutes,
    publication,
    review,
    warnings,
)

app_name = "publishing"

_version = [
    path("", documents.document, name="document"),
    path("html/", documents.document_html, name="document-html"),
    path("pdf/", documents.document_pdf, name="document-pdf"),
    path("run-again/", documents.run_again, name="run-again"),
    path("publish/", publication.publish, name="publish"),
    path("withdraw/", publication.withdraw, name="withdraw"),
]
_meeting = [
    path("send-call/", calls.send_call, name="send-call"),
    path("send-supplementary-call/", calls.send_supplementary_call, name="send-supplementary-call"),
    path("call/", calls.call, name="call"),
    path("call/again/", calls.send_again, name="send-call-again"),
    path("call/add/", calls.add_recipient, name="add-recipient"),
    path("send-for-review/", minutes.send_for_review, name="send-for-review"),
    path("finalise/", minutes.finalise, name="finalise"),
    path("approve/", minutes.approve, name="approve"),
    path("approval/", approving.approval, name="approval"),
    path("approval/answer/", approving.answer, name="answer-approval"),
    path("approval/remind/", approving.remind, name="remind-approval"),
    path("approval/extend/", approving.extend, name="extend-approval"),
    path("approval/withdraw/", approving.withdraw, name="withdraw-approval"),
    path("approval/conclude/", approving.conclude, name="conclude-approval"),
    path("correct/", minutes.correct, name="correct"),
    path("issue-correction/", minutes.issue_correction, name="issue-correction"),
    path("give-up-correction/", minutes.give_up_correction, name="give-up-correction"),
    path("issue-review-summary/", minutes.issue_review_summary, name="issue-review-summary"),
    path("attach-review-summary/", minutes.attach_review_summary, name="attach-review-summary"),
    path("look-over/", warnings.look_over, name="warnings"),
    path("look-over/set-aside/", warnings.set_aside, name="set-warning-aside"),
    path("review/", review.read, name="review"),
    path("review/remark/", review.send, name="send-remarks"),
    path("review/no-remarks/", review.no_remarks, name="no-remarks"),
    path("review/remarks/<int:remark>/change/", review.change, name="change-remark"),
    path("review/remarks/<int:remark>/withdraw/", review.withdraw, name="withdraw-remark"),
    path("compare/", compare.compare, name="compare"),
    path("documents/", documents.documents, name="documents"),
    path("documents/preview/<slug:kind>/", documents.preview, name="preview"),
    path("documents/<slug:kind>/<int:version>/", include(_version)),
]
_public_meeting = [
    path("", public_views.meeting, name="public-meeting"),
    path("<slug:kind>.pdf", public_views.document_pdf, name="public-pdf"),
    path("<slug:kind>/", public_views.document, name="public-document"),
    path("<slug:kind>/<int:version>.pdf", public_views.version_pdf, name="public-version-pdf"),
    path("<slug:kind>/<int:version>/", public_views.version, name="public-version"),
]
_public = [
    path("", public_views.board, name="public-board"),
    path("years/<int:year>/", public_views.year, name="public-year"),
    path("meetings/<slug:meeting>/", include(_public_meeting)),
    path("cases/<slug:case>/", public_views.case, name="public-case"),
]
_tracker = [
    path("", tracker_views.overview, name="tracker"),
    path("tracker.csv", tracker_views.table, name="tracker-csv"),
    path("tracker.json", tracker_views.data, name="tracker-json"),
    path("<slug:board>/", tracker_views.board, name="tracker-board"),
    path("<slug:board>/<slug:case>/<int:number>/", tracker_views.follow_up, name="tracker-follow-up"),
]

urlpatterns = [
    path("", public_views.front, name="front"),
    path("find/", find.find, name="find"),
    path("import/", exchange_views.import_file, name="import"),
    path("import/save/", exchange_views.save_import, name="save-import"),
    path("boards/<slug:board>/export/", exchange_views.export_file, name="export"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:job>/run-again/", jobs.run_again, name="run-job-again"),
    path("jobs/run-again/", jobs.run_all_again, name="run-jobs-again"),
    path("boards/<slug:board>/meetings/<slug:meeting>/", include(_meeting)),
    path("public/boards/<slug:board>/", include(_public)),
    path("tracker/", include(_tracker)),
]
