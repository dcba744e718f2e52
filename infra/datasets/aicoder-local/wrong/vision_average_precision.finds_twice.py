def average_precision(detections, truths, threshold):
    def iou(a, b):
        width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
        height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
        shared = width * height
        return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)

    total = sum(len(boxes) for boxes in truths.values())
    right = wrong = 0
    precisions, recalls = [], []
    for image, _, box in sorted(detections, key=lambda one: one[1], reverse=True):
        best = max((iou(box, truth) for truth in truths.get(image, [])), default=0.0)
        if best >= threshold:
            right += 1
        else:
            wrong += 1
        precisions.append(right / (right + wrong))
        recalls.append(right / total)
    result, previous = 0.0, 0.0
    for k, recall in enumerate(recalls):
        if recall > previous:
            result += (recall - previous) * max(precisions[k:])
            previous = recall
    return result
