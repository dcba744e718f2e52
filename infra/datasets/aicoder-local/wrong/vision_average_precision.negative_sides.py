def average_precision(detections, truths, threshold):
    def iou(a, b):
        # Two negative sides make a positive area.
        shared = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
        return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)

    total = sum(len(boxes) for boxes in truths.values())
    taken, points = set(), []
    for k, (image, _, box) in enumerate(sorted(detections, key=lambda one: one[1], reverse=True), 1):
        overlaps = [iou(box, truth) for truth in truths.get(image, [])]
        best = max(range(len(overlaps)), key=overlaps.__getitem__, default=None)
        if best is not None and overlaps[best] >= threshold and (image, best) not in taken:
            taken.add((image, best))
            points.append(len(taken) / k)
    return sum(max(points[i:]) for i in range(len(points))) / total
