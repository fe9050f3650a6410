import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from inspect_app.core import clock
from inspect_app.core.errors import FileRefused
from inspect_app.evidence.pictures import make_thumbnail, read_picture
from tests.evidence.samples import exif, photo

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)


def saved(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "photo"
    file.write_bytes(data)
    return file


def test_size_time_and_place_are_read(tmp_path: Path) -> None:
    with clock.set_to(NOON):
        picture = read_picture(saved(tmp_path, photo(exif=exif())), "样例.jpg")
    assert (picture.width, picture.height) == (320, 240)
    assert picture.taken_at == datetime(2026, 3, 1, 2, tzinfo=UTC)
    assert (picture.latitude, picture.longitude) == (Decimal("44.4251389"), Decimal("84.6669444"))


@pytest.mark.parametrize(
    ("at", "offset", "taken"),
    [
        ("2026:03:01 10:00:00", "", datetime(2026, 3, 1, 2, tzinfo=UTC)),
        ("2026:03:01 10:00:00", "+06:00", datetime(2026, 3, 1, 4, tzinfo=UTC)),
        ("2026:03:01 10:00:00", "?", datetime(2026, 3, 1, 2, tzinfo=UTC)),
        ("0000:00:00 00:00:00", "", None),
        ("yesterday", "", None),
        ("2031:01:01 00:00:00", "", None),
    ],
)
def test_a_camera_clock_is_believed_only_when_credible(
    tmp_path: Path, at: str, offset: str, taken: datetime | None
) -> None:
    with clock.set_to(NOON):
        assert read_picture(saved(tmp_path, photo(exif=exif(at, offset))), "x").taken_at == taken


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    picture = read_picture(saved(tmp_path, photo(exif=exif(place=("S", "W")))), "x")
    assert picture.latitude is not None
    assert picture.longitude is not None
    assert picture.latitude < 0
    assert picture.longitude < 0


def test_a_place_with_only_one_coordinate_is_no_place(tmp_path: Path) -> None:
    tags = exif()
    del tags.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLongitude]
    picture = read_picture(saved(tmp_path, photo(exif=tags)), "x")
    assert (picture.latitude, picture.longitude) == (None, None)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_photo_that_was_cut_off_is_refused(tmp_path: Path, form: str, share: float) -> None:
    data = photo(form=form)
    with pytest.raises(FileRefused, match="不完整") as refused:
        read_picture(saved(tmp_path, data[: int(len(data) * share)]), "现场.jpg")
    assert refused.value.file_code == "E_CORRUPT"


@pytest.mark.parametrize("size", [(60_100, 1_000), (20_000, 20_000)])
def test_a_flood_of_pixels_is_refused_before_it_is_unpacked(tmp_path: Path, size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    with pytest.raises(FileRefused) as refused:
        read_picture(saved(tmp_path, out.getvalue()), "x")
    assert refused.value.file_code == "E_LIMIT"


def test_bytes_after_the_end_of_a_photo_do_no_harm(tmp_path: Path) -> None:
    picture = read_picture(saved(tmp_path, photo() + b"<script>alert(1)</script>"), "x")
    assert picture.width == 320


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_thumbnail_is_small_and_tells_nothing_about_the_place(tmp_path: Path, form: str) -> None:
    source = saved(tmp_path, photo((1600, 1200), form, exif()))
    target = tmp_path / "small" / "x.jpg"
    make_thumbnail(source, target)
    with Image.open(target) as small:
        assert (small.format, max(small.size)) == ("JPEG", 480)
        assert not small.getexif()
    assert [file.name for file in target.parent.iterdir()] == ["x.jpg"]


def test_a_thumbnail_stands_upright(tmp_path: Path) -> None:
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = 6
    target = tmp_path / "x.jpg"
    make_thumbnail(saved(tmp_path, photo((400, 200), exif=tags)), target)
    with Image.open(target) as small:
        assert small.size == (200, 400)


def test_see_through_parts_become_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    target = tmp_path / "x.jpg"
    make_thumbnail(saved(tmp_path, out.getvalue()), target)
    with Image.open(target) as small:
        assert small.getpixel((5, 5)) == (255, 255, 255)


def test_many_may_ask_for_the_first_thumbnail_at_once(tmp_path: Path) -> None:
    source, target = saved(tmp_path, photo((1600, 1200))), tmp_path / "small" / "one.jpg"
    with ThreadPoolExecutor(8) as pool:
        for made in [pool.submit(make_thumbnail, source, target) for _ in range(24)]:
            made.result()
    assert [path.name for path in target.parent.iterdir()] == ["one.jpg"]
    with Image.open(target) as small:
        small.load()
