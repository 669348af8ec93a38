"""Addresses of followups."""

urlpatterns = []
