"""Addresses of publishing: the issuing acts, the documents, the jobs, and the public site."""

app_name = "publishing"
urlpatterns = []
