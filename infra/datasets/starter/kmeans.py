# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def kmeans(points: list[list[float]], centroids: list[list[float]], iterations: int) -> tuple[list[list[float]], list[int]]:
    """Lloyd's k-means from given starting centroids.

    Each iteration assigns every point to its nearest centroid (squared Euclidean distance; of equally
    near ones the one with the lowest index) and then moves every centroid to the mean of its points.
    A centroid without points stays where it is. After the last iteration the points are assigned
    once more, to the final centroids. The arguments are not changed.

    Args:
        points: at least one point; all have the same number of coordinates.
        centroids: at least one starting centroid.
        iterations: number of iterations, 0 or more.

    Returns:
        The final centroids as lists of floats, and for each point the index of its centroid.

    >>> kmeans([[0.0], [2.0], [10.0]], [[0.0], [9.0]], 1)
    ([[1.0], [10.0]], [0, 0, 1])
    """

    def assign() -> list[int]:
        labels = []
        for point in points:
            distances = [sum((a - b) ** 2 for a, b in zip(point, centre)) for centre in centres]
            labels.append(distances.index(min(distances)))
        return labels

    centres = [list(map(float, centroid)) for centroid in centroids]
    for _ in range(iterations):
        labels = assign()
        for i in range(len(centres)):
            members = [point for point, label in zip(points, labels) if label == i]
            if members:
                centres[i] = [sum(column) / len(members) for column in zip(*members)]
    return centres, assign()

# test_function_code --------------------

def test_kmeans():
    print("Testing started.")
    points = [[1.0, 1.0], [1.0, 3.0], [8.0, 8.0], [10.0, 8.0]]

    print("Testing case [1/4] started.")
    centroids, labels = kmeans(points, [[0.0, 0.0], [9.0, 9.0]], 5)
    assert centroids == [[1.0, 2.0], [9.0, 8.0]], f"Test case [1/4] failed: centroids {centroids}"
    assert labels == [0, 0, 1, 1], f"Test case [1/4] failed: labels {labels}"

    print("Testing case [2/4] started.")
    centroids, labels = kmeans([[0.0], [1.0], [5.0]], [[0.0], [1.0]], 1)
    assert centroids == [[0.0], [3.0]], f"Test case [2/4] failed: centroids {centroids}"
    assert labels == [0, 0, 1], f"Test case [2/4] failed: labels {labels}, to be taken from the final centroids"

    print("Testing case [3/4] started.")
    centroids, labels = kmeans([[0.0], [2.0]], [[1.0], [1.0], [50.0]], 3)
    assert centroids == [[1.0], [1.0], [50.0]], f"Test case [3/4] failed: centroids {centroids}"
    assert labels == [0, 0], f"Test case [3/4] failed: labels {labels}"

    print("Testing case [4/4] started.")
    start = [[4.0], [6.0]]
    centroids, labels = kmeans([[5.0], [7.0]], start, 0)
    assert (centroids, labels) == ([[4.0], [6.0]], [0, 1]), f"Test case [4/4] failed: got {centroids}, {labels}"
    kmeans([[5.0], [9.0]], start, 2)
    assert start == [[4.0], [6.0]], "Test case [4/4] failed: the starting centroids were changed"

    print("Testing finished.")

# call_test_function_line --------------------

test_kmeans()
