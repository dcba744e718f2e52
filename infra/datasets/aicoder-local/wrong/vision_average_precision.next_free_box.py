def average_precision(detections, truths, threshold):
    def iou(a, b):
        width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
        height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
        shared = width * height
        return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)

    free = {image: list(boxes) for image, boxes in truths.items()}
    total = sum(len(boxes) for boxes in truths.values())
    right, points = 0, []
    for k, (image, _, box) in enumerate(sorted(detections, key=lambda one: one[1], reverse=True), 1):
        boxes = free.get(image, [])
        best = max(boxes, key=lambda truth: iou(box, truth), default=None)
        if best is not None and iou(box, best) >= threshold:
            boxes.remove(best)
            right += 1
            points.append(right / k)
    return sum(max(points[i:]) for i in range(len(points))) / total
