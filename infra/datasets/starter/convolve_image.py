# domain: vision

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def convolve_image(image: list[list[int]], kernel: list[list[int]]) -> list[list[int]]:
    """Slide a kernel over an image, as a convolution layer does: no padding, and no flip of the kernel.

    Each value of the result is the sum of the kernel's values times the image's values under them,
    for every place where the whole kernel lies on the image. Neither has to be square.

    >>> convolve_image([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1]])
    [[6, 8]]
    """
    height, width = len(kernel), len(kernel[0])
    return [
        [
            sum(kernel[i][j] * image[top + i][left + j] for i in range(height) for j in range(width))
            for left in range(len(image[0]) - width + 1)
        ]
        for top in range(len(image) - height + 1)
    ]

# test_function_code --------------------

def test_convolve_image():
    print("Testing started.")
    image = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]

    print("Testing case [1/3] started.")
    out = convolve_image(image, [[1, 2], [3, 4]])
    assert out == [[44, 54, 64], [84, 94, 104]], f"Test case [1/3] failed: got {out}"

    print("Testing case [2/3] started.")
    out = convolve_image(image, [[-1, 1]])
    assert out == [[1, 1, 1], [1, 1, 1], [1, 1, 1]], f"Test case [2/3] failed: got {out}"
    out = convolve_image(image, [[1], [0], [-1]])
    assert out == [[-8, -8, -8, -8]], f"Test case [2/3] failed: got {out}"

    print("Testing case [3/3] started.")
    out = convolve_image([[3]], [[2]])
    assert out == [[6]], f"Test case [3/3] failed: got {out}"

    print("Testing finished.")

# call_test_function_line --------------------

test_convolve_image()
