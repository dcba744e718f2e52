# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def kmeans(points: list[float], centroids: list[float], iterations: int) -> list[float]:
    """Move centroids by k-means on numbers, and return them in their order.

    Each iteration assigns every point to its nearest centroid (of equally near ones the first), then
    sets every centroid to the mean of its points. A centroid without points stays where it is.

    >>> kmeans([0.0, 2.0, 10.0], [0.0, 9.0], 1)
    [1.0, 10.0]
    """
    centres = list(centroids)
    for _ in range(iterations):
        members = [[] for _ in centres]
        for point in points:
            distances = [abs(point - centre) for centre in centres]
            members[distances.index(min(distances))].append(point)
        centres = [sum(group) / len(group) if group else centre for group, centre in zip(members, centres)]
    return centres

# test_function_code --------------------

def test_kmeans():
    print("Testing started.")

    print("Testing case [1/4] started.")
    centroids = kmeans([1.0, 3.0, 8.0, 10.0], [0.0, 9.0], 5)
    assert centroids == [2.0, 9.0], f"Test case [1/4] failed: got {centroids}"

    print("Testing case [2/4] started.")
    centroids = kmeans([0.0, 1.0, 5.0], [0.0, 1.0], 1)
    assert centroids == [0.0, 3.0], f"Test case [2/4] failed: got {centroids} after one iteration"
    centroids = kmeans([0.0, 1.0, 5.0], [0.0, 1.0], 2)
    assert centroids == [0.5, 5.0], f"Test case [2/4] failed: got {centroids} after two iterations"

    print("Testing case [3/4] started.")
    centroids = kmeans([0.0, 2.0], [1.0, 1.0, 50.0], 3)
    assert centroids == [1.0, 1.0, 50.0], f"Test case [3/4] failed: got {centroids}"

    print("Testing case [4/4] started.")
    centroids = kmeans([5.0, 9.0], [6.0, 4.0], 0)
    assert centroids == [6.0, 4.0], f"Test case [4/4] failed: got {centroids} without an iteration"

    print("Testing finished.")

# call_test_function_line --------------------

test_kmeans()
