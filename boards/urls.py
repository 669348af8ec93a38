"""Addresses of boards."""

urlpatterns = []
