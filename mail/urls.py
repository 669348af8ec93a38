"""Addresses of mail."""

from django.urls import path

from mail.views import choosing, deliveries, folder

app_name = "mail"
urlpatterns = [
    path("my/mail/", choosing.mine, name="mine"),
    path("mail/", folder.mails, name="folder"),
    path("mail/off/<str:token>/", choosing.off, name="off"),
    path("mail/<slug:mail>/", folder.mail, name="mail"),
    path("mail/<slug:mail>/html/", folder.as_read, name="as-read"),
    path("mail/<slug:mail>/parts/<int:number>/", folder.part, name="part"),
    path("boards/<slug:board>/mail/", deliveries.board_mail, name="board"),
    path("boards/<slug:board>/mail/<int:letter>/again/", deliveries.send_again, name="send-again"),
]
