"""A mail server and a receiver of webhooks, each on a port of this machine."""

from collections.abc import Iterator

import pytest

from tests.reminders.servers import Parcels, Post, mail_server, receiver


@pytest.fixture
def post() -> Iterator[Post]:
    with mail_server() as server:
        yield server


@pytest.fixture
def parcels() -> Iterator[Parcels]:
    with receiver() as server:
        yield server
