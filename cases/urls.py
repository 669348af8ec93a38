"""Addresses of cases."""

from django.urls import path

from cases import views

app_name = "cases"

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("boards/<slug:board>/cases/", views.board_cases, name="board-cases"),
    path("boards/<slug:board>/cases/new/", views.create, name="create"),
    path("boards/<slug:board>/cases/<int:case>/", views.case, name="case"),
    path("boards/<slug:board>/cases/<int:case>/edit/", views.edit, name="edit"),
    path("boards/<slug:board>/cases/<int:case>/set-waiting/", views.set_waiting, name="set-waiting"),
]
