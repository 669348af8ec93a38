"""Addresses of signin."""

app_name = "signin"
urlpatterns: list = []
