import numpy as np
import pandas as pd


def clip_outliers(train, test, low, high):
    lower, upper = np.nanquantile(train.to_numpy(), [low, high])
    return train.clip(lower, upper), test.clip(lower, upper)
