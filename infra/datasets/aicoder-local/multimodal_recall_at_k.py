# domain: multimodal
# level: 2
# checks: recall of image-text retrieval where an image has several captions, and ties count against the model
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def retrieval_recall(similarity: np.ndarray, caption_image: list[int], k: int) -> dict[str, float]:
    """Recall at k of a model that retrieves captions for images and images for captions.

    `similarity` has the shape (images, captions); caption j belongs to image `caption_image[j]`, and every image has at least
    one caption, most have several. "image_to_text" is the share of images of which at least one own caption is among the k most similar
    captions. "text_to_image" is the share of captions whose image is among the k most similar images. Ties count
    against the model: an own caption, or an own image, is among the k most similar if fewer than k others that are not
    own are at least as similar. Of an image, its other captions are its own, and push none out.

    >>> retrieval_recall(np.array([[0.9, 0.1, 0.2], [0.3, 0.8, 0.1]]), [0, 0, 1], 1)
    {'image_to_text': 0.5, 'text_to_image': 0.3333333333333333}
    """
    own = np.asarray(caption_image)[None, :] == np.arange(len(similarity))[:, None]
    strangers = np.where(own, -np.inf, similarity)
    best_own = np.where(own, similarity, -np.inf).max(axis=1)
    image_hits = (strangers >= best_own[:, None]).sum(axis=1) < k
    own_score = similarity[caption_image, np.arange(len(caption_image))]
    text_hits = (strangers >= own_score[None, :]).sum(axis=0) < k
    return {"image_to_text": float(image_hits.mean()), "text_to_image": float(text_hits.mean())}

# test_function_code --------------------

def test_retrieval_recall():
    import numpy as np

    def naive(similarity, owners, k):
        images, captions = range(len(similarity)), range(len(owners))
        image_hits = sum(
            any(
                sum(similarity[i][other] >= similarity[i][j] for other in captions if owners[other] != i) < k
                for j in captions
                if owners[j] == i
            )
            for i in images
        )
        caption_hits = sum(
            sum(similarity[i][j] >= similarity[owners[j]][j] for i in images if i != owners[j]) < k for j in captions
        )
        return {"image_to_text": image_hits / len(similarity), "text_to_image": caption_hits / len(owners)}

    def check(similarity, owners, k, case):
        got, expected = retrieval_recall(similarity, owners, k), naive(similarity.tolist(), owners, k)
        fits = all(abs(got[key] - expected[key]) < 1e-9 for key in expected)
        assert fits, f"Test case {case} failed: got {got}, expected {expected} at {k}"

    rng = np.random.default_rng(21)

    print("Testing started.")

    print("Testing case [1/4] started.")
    similarity = rng.normal(size=(6, 6)) + np.eye(6)
    check(similarity, [0, 1, 2, 3, 4, 5], 1, "[1/4]")
    check(similarity, [0, 1, 2, 3, 4, 5], 2, "[1/4]")

    print("Testing case [2/4] started.")
    owners = [2, 0, 1, 0, 3, 2, 2, 0, 3]
    similarity = rng.normal(size=(4, 9)) + 0.8 * (np.array(owners)[None, :] == np.arange(4)[:, None])
    for k in (1, 2, 3):
        check(similarity, owners, k, "[2/4]")

    print("Testing case [3/4] started.")
    got = retrieval_recall(np.ones((3, 3)), [0, 1, 2], 2)
    expected = {"image_to_text": 0.0, "text_to_image": 0.0}
    assert got == expected, f"Test case [3/4] failed: got {got} for a model that finds everything alike"
    check(rng.integers(0, 3, (5, 10)).astype(float), [0, 1, 2, 3, 4, 4, 3, 2, 1, 0], 2, "[3/4]")

    print("Testing case [4/4] started.")
    # The image's own captions are the three best, and the query's is the third.
    similarity = np.array([[0.9, 0.8, 0.7, 0.1], [0.1, 0.2, 0.3, 0.2]])
    got = retrieval_recall(similarity, [0, 0, 0, 1], 1)
    expected = {"image_to_text": 0.5, "text_to_image": 1.0}
    assert got == expected, f"Test case [4/4] failed: got {got}, expected {expected}"

    print("Testing finished.")

# call_test_function_line --------------------

test_retrieval_recall()
