import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def predict_churn(train, labels, test, numeric, categorical):
    everything = pd.concat([train, test], ignore_index=True)[numeric + categorical]
    everything[numeric] = everything[numeric].fillna(everything[numeric].median())
    everything[numeric] = StandardScaler().fit_transform(everything[numeric])
    everything = pd.get_dummies(everything, columns=categorical, dtype=float)
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit(everything.iloc[: len(train)], labels)
    return model.predict_proba(everything.iloc[len(train) :])[:, 1]
