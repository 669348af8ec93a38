"""The processes of these tests show no pages."""

urlpatterns = []
