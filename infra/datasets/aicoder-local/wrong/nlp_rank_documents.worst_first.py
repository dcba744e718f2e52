import numpy as np


def rank_documents(query: np.ndarray, documents: np.ndarray, k: int) -> list[int]:
    similarity = documents @ query / (np.linalg.norm(documents, axis=1) * np.linalg.norm(query))
    return np.argsort(similarity)[-k:].tolist()
