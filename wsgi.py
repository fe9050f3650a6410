"""The WSGI entry: `flask --app wsgi ...`, gunicorn `wsgi:app`, waitress."""

from inspect_app import create_app

app = create_app()
