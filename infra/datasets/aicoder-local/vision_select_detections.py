# domain: vision
# level: 2
# checks: a detector's output is suppressed class by class, several classes a box, and limited after that
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch", "torchvision"]

# function_import --------------------

import torch
from torchvision.ops import batched_nms

# function_code --------------------

def select_detections(
    boxes: torch.Tensor, scores: torch.Tensor, min_score: float, max_iou: float, limit: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Choose the detections that a detector reports for one image.

    `boxes` is a float32 tensor of shape (n, 4): x1, y1, x2, y2. `scores` has shape (n, classes): the score of
    each box for each class; a box may be reported for several classes. No two scores are equal.

    Each pair of a box and a class whose score is over `min_score` is a candidate. The candidates of a class go
    through non-maximum suppression: from the highest score down, one is kept if its IoU with each one of the same
    class that was kept before is at most `max_iou`; classes don't suppress one another. Of all that are kept,
    the `limit` with the highest scores are reported (all, if there are fewer).

    Returns their boxes (m, 4), scores (m,) and classes (m,), int64, by score, highest first; m may be 0.

    >>> boxes, scores = torch.tensor([[0.0, 0.0, 2.0, 2.0]]), torch.tensor([[0.25, 0.75]])
    >>> select_detections(boxes, scores, 0.5, 0.5, 5)[2].tolist()
    [1]
    """
    rows, labels = (scores > min_score).nonzero(as_tuple=True)
    found = scores[rows, labels]
    kept = batched_nms(boxes[rows], found, labels, max_iou)[:limit]
    return boxes[rows[kept]], found[kept], labels[kept]

# test_function_code --------------------

def test_select_detections():
    import torch

    def iou(a, b):
        shared = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)

    def naive(boxes, scores, min_score, max_iou, limit):
        candidates = [(s, c, box) for box, row in zip(boxes, scores) for c, s in enumerate(row) if s > min_score]
        kept = []
        for score, label, box in sorted(candidates, reverse=True):
            if all(iou(box, other) <= max_iou for _, of, other in kept if of == label):
                kept.append((score, label, box))
        return kept[:limit]

    def check(boxes, scores, min_score, max_iou, limit, failed):
        found = select_detections(boxes, scores, min_score, max_iou, limit)
        expected = naive(boxes.tolist(), scores.tolist(), min_score, max_iou, limit)
        labels = found[2].tolist()
        assert labels == [label for _, label, _ in expected], f"{failed}classes are {labels}, expected {expected}"
        shapes = [list(part.shape) for part in found]
        assert shapes == [[len(labels), 4], [len(labels)], [len(labels)]], f"{failed}the shapes are {shapes}"
        for got, (score, _, box) in zip(zip(found[1].tolist(), found[0].tolist()), expected):
            close = abs(got[0] - score) < 1e-6 and all(abs(a - b) < 1e-4 for a, b in zip(got[1], box))
            assert close, f"{failed}got {got}, expected {score} and {box}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    boxes = torch.tensor([[0.0, 0.0, 10.0, 10.0], [1.0, 0.0, 11.0, 10.0], [30.0, 30.0, 40.0, 40.0]])
    scores = torch.tensor([[0.1, 0.9], [0.2, 0.8], [0.7, 0.5]])
    check(boxes, scores, 0.5, 0.5, 10, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    # The same place for two classes, and a box for two.
    scores = torch.tensor([[0.1, 0.95], [0.85, 0.2], [0.75, 0.65]])
    check(boxes, scores, 0.5, 0.5, 10, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    # The two best are of one object; a limit applied to candidates would lose the other one.
    scores = torch.tensor([[0.9, 0.1], [0.8, 0.15], [0.6, 0.25]])
    check(boxes, scores, 0.3, 0.5, 2, "Test case [3/4] failed: ")
    check(boxes, scores, 0.95, 0.5, 2, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    generator = torch.Generator().manual_seed(9)
    corners = torch.rand(60, 2, generator=generator) * 20
    boxes = torch.cat([corners, corners + 4 + torch.rand(60, 2, generator=generator) * 6], dim=1)
    scores = (torch.randperm(180, generator=generator).float().reshape(60, 3) + 0.5) / 180
    for limit in (1, 7, 100):
        check(boxes, scores, 0.4, 0.35, limit, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_select_detections()
