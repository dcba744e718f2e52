import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def predict_churn(train, labels, test, numeric, categorical):
    def transform(frame):
        values = frame[numeric].fillna(frame[numeric].median())
        return StandardScaler().fit_transform(values)

    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train[categorical])
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit(np.hstack([transform(train), encoder.transform(train[categorical])]), labels)
    return model.predict_proba(np.hstack([transform(test), encoder.transform(test[categorical])]))[:, 1]
