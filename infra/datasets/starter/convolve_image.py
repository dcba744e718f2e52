# domain: vision

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def convolve_image(image: list[list[float]], kernel: list[list[float]], stride: int = 1) -> list[list[float]]:
    """Slide a kernel over a grey image, as a convolution layer does.

    No padding: only positions where the whole kernel lies on the image count. The kernel is not
    flipped (cross-correlation): the value at a position is the sum of the products of the kernel's
    values with the image's values under them. The kernel moves by `stride` rows and columns.

    Args:
        image: rows of equal length, at least 1 x 1.
        kernel: rows of equal length, at least 1 x 1.
        stride: 1 or more.

    Returns:
        The rows of the output; an empty list if the kernel is higher or wider than the image.

    >>> convolve_image([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1]])
    [[6, 8]]
    """
    height, width = len(kernel), len(kernel[0])
    rows, columns = len(image) - height + 1, len(image[0]) - width + 1
    if rows < 1 or columns < 1:
        return []
    return [
        [
            sum(kernel[i][j] * image[top + i][left + j] for i in range(height) for j in range(width))
            for left in range(0, columns, stride)
        ]
        for top in range(0, rows, stride)
    ]

# test_function_code --------------------

def test_convolve_image():
    print("Testing started.")
    image = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]

    print("Testing case [1/4] started.")
    out = convolve_image(image, [[1, 2], [3, 4]])
    assert out == [[44, 54, 64], [84, 94, 104]], f"Test case [1/4] failed: got {out}"

    print("Testing case [2/4] started.")
    out = convolve_image(image, [[-1, 1]])
    assert out == [[1, 1, 1], [1, 1, 1], [1, 1, 1]], f"Test case [2/4] failed: got {out}"

    print("Testing case [3/4] started.")
    out = convolve_image(image, [[1]], 2)
    assert out == [[1, 3], [9, 11]], f"Test case [3/4] failed: got {out}"
    out = convolve_image(image, [[1, 0], [0, -1]], 2)
    assert out == [[-5, -5]], f"Test case [3/4] failed: got {out}"

    print("Testing case [4/4] started.")
    assert convolve_image([[1, 2]], [[1], [1]]) == [], "Test case [4/4] failed: the kernel is higher than the image"
    assert convolve_image([[1], [2]], [[1, 1]]) == [], "Test case [4/4] failed: the kernel is wider than the image"

    print("Testing finished.")

# call_test_function_line --------------------

test_convolve_image()
