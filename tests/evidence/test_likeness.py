"""Pictures that show the same thing are found alike after shrinking and saving again, others are not."""

import io
import random

from PIL import Image, ImageDraw

from inspect_app.evidence.likeness import ALIKE, BITS, alike, distance, likeness


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    rng = random.Random(seed)  # noqa: S311 - a picture, not a secret
    image = Image.new("RGB", size, (200, 200, 190))
    pen = ImageDraw.Draw(image)
    for _each in range(14):
        left, top = rng.randrange(size[0]), rng.randrange(size[1])
        corner = (left + rng.randrange(40, 300), top + rng.randrange(40, 200))
        pen.rectangle((left, top, *corner), fill=tuple(rng.randrange(256) for _channel in range(3)))
    return image


def saved_again(image: Image.Image, quality: int = 40) -> Image.Image:
    stream = io.BytesIO()
    image.resize((320, 240)).save(stream, "JPEG", quality=quality)
    return Image.open(stream)


def told(image: Image.Image) -> str:
    fingerprint = likeness(image)
    assert fingerprint is not None
    return fingerprint


def test_a_photo_shrunk_and_saved_again_is_alike() -> None:
    for seed in range(12):
        assert distance(told(scene(seed)), told(saved_again(scene(seed)))) <= ALIKE


def test_different_scenes_are_not_alike() -> None:
    fingerprints = [(seed, told(scene(seed))) for seed in range(60)]
    assert list(alike(fingerprints)) == []


def test_a_plain_picture_has_no_fingerprint() -> None:
    assert likeness(Image.new("RGB", (64, 48), (120, 120, 90))) is None


def test_every_pair_within_the_distance_is_found_once() -> None:
    rng = random.Random(4)  # noqa: S311 - the same
    values = [rng.getrandbits(BITS) for _each in range(30)]
    values += [value ^ sum(1 << bit for bit in rng.sample(range(BITS), ALIKE)) for value in values[:10]]
    written = [(key, f"{value:064x}") for key, value in enumerate(values)]
    slowly = [
        (one, other)
        for one, first in written
        for other, second in written
        if one < other and distance(first, second) <= ALIKE
    ]
    assert sorted(alike(written)) == slowly
    assert len(slowly) == 10


def test_one_cell_more_is_no_longer_alike() -> None:
    near, far = (1 << ALIKE) - 1, (1 << ALIKE + 1) - 1
    assert list(alike([(1, f"{0:064x}"), (2, f"{near:064x}")])) == [(1, 2)]
    assert list(alike([(1, f"{0:064x}"), (2, f"{far:064x}")])) == []
