"""The blueprint that all views of reporting are attached to."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__, template_folder="../templates")
