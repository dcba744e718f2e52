# domain: vision
# level: 0
# checks: a tf.data pipeline scales images and drops the last, smaller batch
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "tensorflow"]

# function_import --------------------

import numpy as np
import tensorflow as tf

# function_code --------------------

def image_batches(images: np.ndarray, labels: np.ndarray, batch_size: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches of images with their labels, made by a `tf.data` pipeline.

    `images` holds bytes (numpy.uint8), shape (n, height, width), `labels` integers, shape (n,). Pixels become 32-bit floats from 0 to 1 (divided by 255). The order is kept, and
    a last batch of fewer than `batch_size` images is left out.

    Returns a list of (images, labels) as numpy arrays.

    >>> len(image_batches(np.zeros((5, 1, 1), dtype=np.uint8), np.arange(5), 2))
    2
    """
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    dataset = dataset.map(lambda image, label: (tf.cast(image, tf.float32) / 255.0, label))
    return list(dataset.batch(batch_size, drop_remainder=True).as_numpy_iterator())

# test_function_code --------------------

def test_image_batches():
    import numpy as np

    def check(pixels, batch_size, expected, case):
        images = np.array(pixels, dtype=np.uint8).reshape(-1, 1, 1)
        batches = image_batches(images, np.arange(len(pixels)), batch_size)
        sizes = [len(x) for x, _ in batches]
        assert sizes == [batch_size] * len(expected), f"Test case {case} failed: the batches have {sizes} images"
        for (x, y), (wanted, labels) in zip(batches, expected):
            x = np.asarray(x)
            assert str(x.dtype) == "float32", f"Test case {case} failed: pixels are of type {x.dtype}"
            assert x.shape == (batch_size, 1, 1), f"Test case {case} failed: the shape is {x.shape}"
            assert np.allclose(x.ravel(), wanted, atol=1e-6), f"Test case {case} failed: got {x.ravel().tolist()}, expected {wanted}"
            assert np.asarray(y).tolist() == labels, f"Test case {case} failed: got the labels {np.asarray(y).tolist()}, expected {labels}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0, 255, 51, 102], 2, [([0.0, 1.0], [0, 1]), ([0.2, 0.4], [2, 3])], "[1/3]")

    print("Testing case [2/3] started.")
    check([255, 0, 204, 51, 255], 3, [([1.0, 0.0, 0.8], [0, 1, 2])], "[2/3]")

    print("Testing case [3/3] started.")
    check([153, 51, 0], 1, [([0.6], [0]), ([0.2], [1]), ([0.0], [2])], "[3/3]")
    check([255, 255], 4, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_image_batches()
