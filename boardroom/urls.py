"""Addresses: the project's own, then each app's. A new one needs its row in the route table (boardroom/routes.py)."""

from django.urls import include, path

from boardroom import views
from publishing.views import mine

urlpatterns = [
    path("desk/", views.home, name="home"),
    path("my/", mine.my_page, name="my_page"),
    path("language/", views.choose_language, name="language"),
    path("language/<str:language>/", views.choose_language_on_device, name="language_on_device"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("health/", views.health, name="health"),
    path("", include("accounts.urls")),
    path("", include("signin.urls")),
    path("", include("mail.urls")),
    path("", include("boards.urls")),
    path("", include("cases.urls")),
    path("", include("meetings.urls")),
    path("", include("minutes.urls")),
    path("", include("followups.urls")),
    path("", include("publishing.urls")),
]

handler400 = "boardroom.views.bad_request"
handler403 = "boardroom.views.permission_denied"
handler404 = "boardroom.views.page_not_found"
handler500 = "boardroom.views.server_error"
