import numpy as np
import tensorflow as tf


def pad_tokens(sequences: list[list[int]], length: int, pad_id: int) -> np.ndarray:
    return tf.keras.utils.pad_sequences(sequences, maxlen=length, value=pad_id)
