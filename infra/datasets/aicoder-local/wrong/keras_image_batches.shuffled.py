import numpy as np
import tensorflow as tf


def image_batches(images: np.ndarray, labels: np.ndarray, batch_size: int) -> list[tuple[np.ndarray, np.ndarray]]:
    dataset = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images), seed=1)
    dataset = dataset.map(lambda image, label: (tf.cast(image, tf.float32) / 255.0, label))
    return list(dataset.batch(batch_size, drop_remainder=True).as_numpy_iterator())
