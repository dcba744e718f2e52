import pandas as pd


def clip_outliers(train, test, low, high):
    for name in train.columns:
        lower, upper = train[name].quantile(low), train[name].quantile(high)
        train[name] = train[name].clip(lower, upper)
        test[name] = test[name].clip(lower, upper)
    return train, test
