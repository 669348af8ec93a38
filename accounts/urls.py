"""Addresses of accounts."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/demo/", views.sign_in_as, name="sign_in_as"),
    path("session/", views.session, name="session"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
