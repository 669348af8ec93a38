"""Addresses of minutes."""

urlpatterns = []
