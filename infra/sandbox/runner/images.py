"""Pillow's images as typed JSON: mode, size, pixels, palette and what of the file's facts is plain."""

import sys

from arrays import library, to_bytes, to_text

# Mode: bytes of a pixel. Of mode 1 a row has a bit for each, filled up to a byte.
PIXEL = {
    **{"1": 0, "L": 1, "P": 1, "LA": 2, "La": 2, "PA": 2, "I;16": 2, "I;16L": 2, "I;16B": 2},
    **{"RGB": 3, "YCbCr": 3, "LAB": 3, "HSV": 3, "RGBA": 4, "RGBX": 4, "RGBa": 4, "CMYK": 4, "I": 4, "F": 4},
}
PLAIN = (bool, int, float, str, bytes, tuple)


def node(value: object, encode: object) -> "list | None":
    """Of an image, which is read for it; None for anything else."""
    image_type = sys.modules["PIL.Image"].Image if "PIL.Image" in sys.modules else ()
    if not isinstance(value, image_type) or value.mode not in PIXEL:
        return None
    value.load()
    mode = value.palette.mode if value.palette is not None else None
    palette = mode and bytes(value.getpalette(mode) or ())
    colours = [mode, to_text(palette)] if palette else None
    info = {key: item for key, item in value.info.items() if type(key) is str and type(item) in PLAIN}
    form = value.format if type(value.format) is str else None
    return ["image", value.mode, list(value.size), to_text(value.tobytes()), colours, form, encode(info)]


def replace(image: object, new: object) -> None:
    """Make an image what another one is."""
    kind = library("PIL.Image").Image
    if not isinstance(image, kind) or not isinstance(new, kind):
        raise ValueError("no image")
    vars(image).update(vars(new))


def _read(decode: object, mode: str, size: list, data: str, colours: "list | None", form: "str | None", info: list) -> object:
    width, height = size
    if type(width) is not int or type(height) is not int or width < 0 or height < 0:
        raise ValueError("no size of an image")
    row = (width + 7) // 8 if mode == "1" else width * PIXEL[mode]
    raw = bytes(to_bytes(data, row * height))
    images = library("PIL.Image")
    image = images.frombytes(mode, (width, height), raw) if raw else images.new(mode, (width, height))
    if colours is not None:
        palette_mode, palette = colours
        if palette_mode not in ("RGB", "RGBA"):
            raise ValueError("no palette")
        image.putpalette(bytes(to_bytes(palette)), palette_mode)
    image.format = form if type(form) is str else None
    found = decode(info)
    if type(found) is not dict:
        raise ValueError("no facts of an image")
    image.info = found
    return image


MUTABLE = {"image": replace}
READERS = {"image": _read}
