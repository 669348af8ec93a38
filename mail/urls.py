"""Addresses of mail."""

from django.urls import path

from mail.views import choosing

app_name = "mail"
urlpatterns = [
    path("my/mail/", choosing.mine, name="mine"),
    path("mail/off/<str:token>/", choosing.off, name="off"),
]
