from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def predict_churn(train, labels, test, numeric, categorical):
    scale = Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    encode = OneHotEncoder(handle_unknown="ignore")
    columns = ColumnTransformer([("num", scale, numeric), ("cat", encode, categorical)])
    model = Pipeline([("columns", columns), ("classifier", LogisticRegression(C=1.0, max_iter=1000))])
    model.fit(train, labels)
    return model.predict_proba(test)[:, 0]
