import pandas as pd


def clip_outliers(train, test, low, high):
    return (train.clip(train.quantile(low), train.quantile(high), axis=1),)
