"""What is kept in the repository names no machine and no download address."""

import re

from tests.architecture.sources import kept_texts

MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|root|work|Users|tmp)/\w|[A-Z]:\\Users")
DOWNLOAD = re.compile(r"(?:pypi|npmjs|jsdelivr|unpkg|cdnjs|pythonhosted|bootcdn)\.(?:org|com|net|cn)")
SETTING = re.compile(r"^\s*(?:--)?(?:extra-)?(?:index-url|find-links)\b|https?://", re.MULTILINE)


def test_no_text_names_a_path_of_a_machine() -> None:
    assert not [f"{path}: {hit.group()}" for path, text in kept_texts() for hit in MACHINE_PATH.finditer(text)]


def test_no_text_names_a_place_to_download_from() -> None:
    assert not [f"{path}: {hit.group()}" for path, text in kept_texts() for hit in DOWNLOAD.finditer(text)]


def test_the_locks_carry_hashes_and_no_address() -> None:
    locks = [text for path, text in kept_texts() if path.parent.name == "requirements"]
    assert len(locks) == 2
    for text in locks:
        assert not SETTING.search(text)
        pinned = [block for block in re.split(r"\n(?=\S)", text) if "==" in block.split("\n")[0]]
        assert pinned
        assert all("--hash=sha256:" in block for block in pinned)
