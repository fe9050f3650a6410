"""The address of a list keeps what was asked for and begins with the first page."""

from flask import Flask

from inspect_app.web.addresses import address_with


def test_conditions_are_kept_replaced_and_taken_away_and_the_place_is_left_behind(app: Flask) -> None:
    with app.test_request_context("/hazards?region=654202&state=closed&after=7.1"):
        assert address_with("hazards.index", state="draft") == "/hazards?region=654202&state=draft"
        assert address_with("hazards.index", state=None, after="9.2") == "/hazards?region=654202&after=9.2"
