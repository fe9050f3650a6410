"""Drawn photographs: each shows a wall of its own, so that no two are taken for one (`evidence.likeness`)."""

import io
import random
from datetime import datetime
from decimal import Decimal
from typing import Any

from PIL import ExifTags, Image, ImageDraw

from inspect_app.core import clock

SIZE = (640, 480)
BEFORE = ((196, 188, 176), (120, 110, 98))
AFTER = ((214, 222, 218), (120, 150, 138))
EXIF_TAKEN = 36867
EXIF_GROUP = 0x8769


def photo(
    rng: random.Random, taken: datetime, *, mended: bool, place: tuple[Decimal, Decimal] | None = None
) -> io.BytesIO:
    """Draw a wall, cracked or mended, as a JPEG whose EXIF says when it was taken (local time).

    `place` is where: longitude and latitude, in degrees east and north.
    """
    wall, joint = AFTER if mended else BEFORE
    image = Image.new("RGB", SIZE, tuple(max(0, min(255, part + rng.randint(-10, 10))) for part in wall))
    pen = ImageDraw.Draw(image)
    _bricks(pen, rng, joint)
    _fittings(pen, rng)
    if not mended:
        _crack(pen, rng)
    local = clock.local(taken)
    pen.rectangle((0, SIZE[1] - 30, 250, SIZE[1]), fill=(24, 36, 47))
    pen.text((10, SIZE[1] - 24), f"{local:%Y-%m-%d %H:%M}  {'AFTER' if mended else 'BEFORE'}", fill=(255, 255, 255))
    exif = Image.Exif()
    exif.get_ifd(EXIF_GROUP)[EXIF_TAKEN] = f"{local:%Y:%m:%d %H:%M:%S}"
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_whereabouts(*place))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=70, exif=exif)
    stream.seek(0)
    return stream


def _whereabouts(longitude: Decimal, latitude: Decimal) -> dict[int, Any]:
    tags = ExifTags.GPS
    return {
        tags.GPSLongitudeRef: "E",
        tags.GPSLongitude: (float(longitude), 0.0, 0.0),
        tags.GPSLatitudeRef: "N",
        tags.GPSLatitude: (float(latitude), 0.0, 0.0),
    }


def _bricks(pen: ImageDraw.ImageDraw, rng: random.Random, joint: tuple[int, int, int]) -> None:
    height, width = rng.randint(24, 60), rng.randint(50, 130)
    for row, top in enumerate(range(0, SIZE[1], height)):
        pen.line((0, top, SIZE[0], top), fill=joint, width=2)
        for left in range(row % 2 * width // 2, SIZE[0], width):
            pen.line((left, top, left, top + height), fill=joint, width=2)


def _fittings(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Hang windows, boards and pipes on the wall."""
    for _each in range(rng.randint(6, 10)):
        left, top = rng.randint(-60, SIZE[0] - 40), rng.randint(-60, SIZE[1] - 60)
        shade = rng.randint(30, 230)
        corner = (left + rng.randint(50, 260), top + rng.randint(50, 220))
        pen.rectangle((left, top, *corner), fill=(shade, shade, rng.randint(30, 230)), outline=(60, 60, 60), width=3)


def _crack(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    x, y = rng.randint(80, SIZE[0] - 80), 0
    while y < SIZE[1] - 60:
        further = (x + rng.randint(-30, 30), y + rng.randint(15, 45))
        pen.line((x, y, *further), fill=(52, 44, 38), width=rng.randint(3, 7))
        x, y = further
