"""Addresses of accounts."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("session/", views.session, name="session"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
