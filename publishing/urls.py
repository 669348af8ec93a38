"""Addresses of publishing."""

urlpatterns = []
