def average_precision(detections, truths, threshold):
    def iou(a, b):
        width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
        height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
        shared = width * height
        return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)

    total = sum(len(boxes) for boxes in truths.values())
    taken = {image: [False] * len(boxes) for image, boxes in truths.items()}
    right, result = 0, 0.0
    for k, (image, _, box) in enumerate(sorted(detections, key=lambda one: one[1], reverse=True), 1):
        overlaps = [iou(box, truth) for truth in truths.get(image, [])]
        if not overlaps:
            continue
        best = overlaps.index(max(overlaps))
        if overlaps[best] >= threshold and not taken[image][best]:
            taken[image][best] = True
            right += 1
            result += right / k / total
    return result
