import numpy as np


def rank_documents(query: np.ndarray, documents: np.ndarray, k: int) -> list[int]:
    return np.argsort(np.linalg.norm(documents - query, axis=1))[:k].tolist()
