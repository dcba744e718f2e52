import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder


def predict_churn(train, labels, test, numeric, categorical):
    medians = train[numeric].median()
    known = train[numeric].fillna(medians)
    mean, deviation = known.mean(), known.std()
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train[categorical])

    def prepare(frame):
        scaled = (frame[numeric].fillna(medians) - mean) / deviation
        return np.hstack([scaled.to_numpy(), encoder.transform(frame[categorical])])

    model = LogisticRegression(C=1.0, max_iter=1000).fit(prepare(train), labels)
    return model.predict_proba(prepare(test))[:, 1]
