import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.core.errors import FileRefused
from inspect_app.tablet.bags.container import BROKEN, MAGIC, OTHER_FILE, keys_of, open_bag, read_bag, seal_bag
from inspect_app.tablet.bags.outbox import requests_of

SECRET, OTHER = bytes(range(32)), bytes(32)
HEAD = {"kind": "outbox", "device": "d", "person": 7}
VISIT = "/visits/0f8fad5b-d9cb-469f-a165-70867728950e"
SAMPLE = seal_bag(
    SECRET, HEAD, {"requests": [{"path": "/hazards", "body": {}, "title": "隐患", "file": [2, 3]}]}, b"abcdef"
)


def refused(data: bytes, secret: bytes = SECRET) -> str:
    with pytest.raises(FileRefused) as found:
        open_bag(read_bag(data), secret)
    return found.value.message


def test_what_was_put_in_comes_out() -> None:
    bag = read_bag(SAMPLE)
    assert (bag.text("kind"), bag.number("person")) == ("outbox", 7)
    (only,) = requests_of(open_bag(bag, SECRET))
    assert (only.path, only.title, only.file) == ("/hazards", "隐患", b"cde")


def test_nothing_of_the_content_can_be_read_in_the_file() -> None:
    assert "隐患".encode() not in SAMPLE
    assert b"abcdef" not in SAMPLE


def test_another_secret_opens_nothing() -> None:
    assert refused(SAMPLE, OTHER) == BROKEN


@given(st.integers(0, len(SAMPLE) - 1), st.integers(1, 255))
def test_one_altered_byte_anywhere_is_noticed(place: int, change: int) -> None:
    altered = bytearray(SAMPLE)
    altered[place] ^= change
    assert refused(bytes(altered)) in {BROKEN, OTHER_FILE}


@given(st.integers(0, len(SAMPLE) - 1))
def test_a_cut_file_is_noticed(length: int) -> None:
    assert refused(SAMPLE[:length]) in {BROKEN, OTHER_FILE}


@given(st.binary(max_size=200))
def test_noise_is_no_bag(noise: bytes) -> None:
    assert refused(noise) in {OTHER_FILE, BROKEN}
    assert refused(MAGIC + noise) == BROKEN


def test_two_bags_of_the_same_content_have_nothing_in_common() -> None:
    one, two = (seal_bag(SECRET, HEAD, {"requests": []}) for _again in range(2))
    assert read_bag(one).sealed != read_bag(two).sealed
    assert keys_of(SECRET, "a") != keys_of(SECRET, "b")
    assert len(set(keys_of(SECRET, "a"))) == 2


@pytest.mark.parametrize(
    "listed",
    [
        None,
        "text",
        ["text"],
        [{"path": "/devices", "body": {}}],
        [{"path": "/visits/x/submit", "body": {}}],
        [{"path": f"{VISIT}/submit/../start", "body": {}}],
        [{"path": "/hazards", "body": []}],
        [{"path": "/hazards", "body": {}, "file": [0, 7]}],
        [{"path": "/hazards", "body": {}, "file": [-1, 2]}],
        [{"path": "/hazards", "body": {}, "file": [True, 1]}],
        [{"path": "/hazards", "body": {}, "file": "all"}],
        [{"path": "/hazards", "body": {}}] * 5001,
    ],
)
def test_an_index_of_another_shape_is_refused_whole(listed: object) -> None:
    bag = read_bag(seal_bag(SECRET, HEAD, {"requests": listed}, b"abcdef"))
    with pytest.raises(FileRefused):
        requests_of(open_bag(bag, SECRET))


def test_a_head_that_is_no_object_is_refused() -> None:
    for head in (json.dumps([1]).encode(), b"\xff", b"{"):
        assert refused(MAGIC + len(head).to_bytes(4) + head + bytes(44)) == BROKEN
