"""The web process: `granian --interface wsgi boardroom.wsgi:application`."""

from boardroom.start import stop_on_bad_configuration

with stop_on_bad_configuration():
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
