import pandas as pd


def clip_outliers(train, test, low, high):
    def clip(table):
        return table.apply(lambda column: column.clip(column.quantile(low), column.quantile(high)))

    return clip(train), clip(test)
