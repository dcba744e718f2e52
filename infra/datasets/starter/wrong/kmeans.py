def kmeans(points: list[float], centroids: list[float], iterations: int) -> list[float]:
    for _ in range(iterations):
        groups = {}
        for point in points:
            nearest = min(centroids, key=lambda centroid: abs(point - centroid))
            groups.setdefault(nearest, []).append(point)
        centroids = [sum(group) / len(group) for group in groups.values()]
    return centroids
