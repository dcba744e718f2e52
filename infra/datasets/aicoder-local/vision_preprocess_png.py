# domain: vision
# level: 1
# checks: modes of an image file, the centre crop, the order of channels and the order of scaling and normalising
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "Pillow"]

# function_import --------------------

import io

import numpy as np
from PIL import Image

# function_code --------------------

def preprocess_png(png: bytes, mean: list[float], std: list[float]) -> np.ndarray:
    """Turn a PNG file into input for an image classifier.

    The file may be of mode RGB, RGBA, L (gray) or P (palette). It is converted to RGB as Pillow's `convert`
    does: gray gives three equal channels, a palette's indices give their colours, the alpha channel of RGBA is
    left out. Of an image of width w and height h the square of side s = min(w, h) in the middle is kept, which
    begins at column (w - s) // 2 and row (h - s) // 2. Values are divided by 255; then `mean` is subtracted from
    each channel (red, green, blue) and the result divided by `std`.

    Returns a float32 array of shape (3, s, s): channel, row, column.
    """
    image = Image.open(io.BytesIO(png)).convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    pixels = np.asarray(image.crop((left, top, left + side, top + side)), dtype=np.float32) / 255
    normal = (pixels - np.array(mean, dtype=np.float32)) / np.array(std, dtype=np.float32)
    return normal.transpose(2, 0, 1)

# test_function_code --------------------

def test_preprocess_png():
    import io

    import numpy as np
    from PIL import Image

    def png(image):
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        return buffer.getvalue()

    def check(image, pixels, mean, std, failed):
        """`pixels` are the RGB values of the square, row by row."""
        found = preprocess_png(png(image), mean, std)
        expected = np.array([[[(p[c] / 255 - mean[c]) / std[c] for p in row] for row in pixels] for c in range(3)])
        assert np.shape(found) == expected.shape, f"{failed}the shape is {np.shape(found)}, expected {expected.shape}"
        found = np.asarray(found, dtype=float)
        assert np.allclose(found, expected, atol=1e-4), f"{failed}got {found.tolist()}, expected {expected.tolist()}"

    random = np.random.default_rng(4)
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]

    print("Testing started.")

    print("Testing case [1/4] started.")
    pixels = random.integers(0, 256, (4, 11, 3), dtype=np.uint8)
    check(Image.fromarray(pixels), pixels[:, 3:7].tolist(), mean, std, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    pixels = random.integers(0, 256, (10, 3, 4), dtype=np.uint8)
    check(Image.fromarray(pixels), pixels[3:6, :, :3].tolist(), mean, std, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    pixels = random.integers(0, 256, (2, 3), dtype=np.uint8)
    square = [[[value] * 3 for value in row] for row in pixels[:, :2].tolist()]
    check(Image.fromarray(pixels), square, [0.5, 0.4, 0.3], [0.2, 0.5, 1.0], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    image = Image.new("P", (2, 2))
    image.putpalette([10, 20, 30, 200, 100, 0, 0, 250, 125, 255, 255, 255])
    image.putdata([1, 2, 0, 1])
    square = [[[200, 100, 0], [0, 250, 125]], [[10, 20, 30], [200, 100, 0]]]
    check(image, square, mean, std, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_preprocess_png()
