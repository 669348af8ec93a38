"""The reference of the goals: a Django view that returns 64 bytes, without middleware."""

from django.http import HttpResponse
from django.urls import path

BODY = b"x" * 64

urlpatterns = [path("", lambda request: HttpResponse(BODY, content_type="text/plain"))]
