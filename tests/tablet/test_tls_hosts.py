from ipaddress import ip_address

import pytest

from inspect_app.core.errors import DomainError
from inspect_app.tablet.tls.hosts import Hosts, read_hosts


def test_names_and_addresses_are_told_apart_and_kept_once() -> None:
    found = read_hosts(["Inspect.Example.", "10.1.2.3", " inspect.example ", "fd00::1"])
    assert found == Hosts(("inspect.example",), (ip_address("10.1.2.3"), ip_address("fd00::1")))
    assert str(found) == "inspect.example、10.1.2.3、fd00::1"


def test_what_people_would_type_is_the_name_if_there_is_one() -> None:
    assert read_hosts(["10.1.2.3", "inspect"]).first == "inspect"
    assert read_hosts(["10.1.2.3"]).first == "10.1.2.3"


@pytest.mark.parametrize(
    "text", ["https://10.1.2.3", "10.1.2.3:8443", "10.1.2", "a b", "-a.lan", "督导.lan", "*.lan", "", "a" * 64, "x.9"]
)
def test_what_no_certificate_can_hold_is_refused_by_its_own_words(text: str) -> None:
    with pytest.raises(DomainError, match="不是域名") as refused:
        read_hosts([text])
    assert f"“{text}”" in str(refused.value)


def test_a_server_without_any_name_is_refused() -> None:
    with pytest.raises(DomainError, match="至少写一个"):
        read_hosts([])
