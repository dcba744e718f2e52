def kmeans(points, centroids, iterations):
    centroids = [list(c) for c in centroids]
    labels = [0] * len(points)
    for _ in range(iterations):
        for p, point in enumerate(points):
            distances = [sum((a - b) ** 2 for a, b in zip(point, c)) for c in centroids]
            labels[p] = distances.index(min(distances))
        for i in range(len(centroids)):
            members = [point for point, label in zip(points, labels) if label == i]
            if members:
                centroids[i] = [sum(column) / len(members) for column in zip(*members)]
    return centroids, labels
