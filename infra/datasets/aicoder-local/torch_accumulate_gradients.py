# domain: training
# level: 3
# checks: gradient accumulation over micro-batches of unequal size, clipped once a step, the last group of an epoch kept
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def train_accumulated(
    micro_batches: list[tuple[torch.Tensor, torch.Tensor]],
    accumulate: int,
    learning_rate: float,
    max_norm: float,
    epochs: int,
) -> tuple[torch.Tensor, float]:
    """Train linear regression by SGD with gradient accumulation and clipping.

    A micro-batch is (features, targets), float32 tensors of shape (rows, d) and (rows,); micro-batches differ
    in their number of rows. The model predicts features @ weight + bias, with weight and bias starting at 0.

    In each epoch the micro-batches are taken in their order, in groups of `accumulate`; the last group of an
    epoch may have fewer and counts as any other. Each group makes one step of plain SGD (no momentum). The
    loss of the step is the mean squared error over all rows of the group, each row with the same weight, as
    if the group were one large batch. Before the step the gradient is clipped: if the L2 norm of the gradients of
    weight and bias taken together is over `max_norm`, both are scaled so that it is `max_norm`.

    Returns the weight, shape (d,), and the bias as a float.
    """
    weight = torch.zeros(micro_batches[0][0].shape[1], requires_grad=True)
    bias = torch.zeros((), requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=learning_rate)
    for _ in range(epochs):
        for start in range(0, len(micro_batches), accumulate):
            group = micro_batches[start : start + accumulate]
            rows = sum(len(targets) for _, targets in group)
            optimizer.zero_grad()
            for features, targets in group:
                loss = ((features @ weight + bias - targets) ** 2).sum() / rows
                loss.backward()
            torch.nn.utils.clip_grad_norm_([weight, bias], max_norm)
            optimizer.step()
    return weight.detach(), bias.item()

# test_function_code --------------------

def test_train_accumulated():
    import numpy as np
    import torch

    def oracle(micro_batches, accumulate, learning_rate, max_norm, epochs):
        params = np.zeros(micro_batches[0][0].shape[1] + 1)
        for _ in range(epochs):
            for start in range(0, len(micro_batches), accumulate):
                group = micro_batches[start : start + accumulate]
                x = np.concatenate([features.double().numpy() for features, _ in group])
                x = np.column_stack([x, np.ones(len(x))])
                y = np.concatenate([targets.double().numpy() for _, targets in group])
                gradient = 2 * x.T @ (x @ params - y) / len(y)
                gradient *= min(1.0, max_norm / max(np.linalg.norm(gradient), 1e-12))
                params = params - learning_rate * gradient
        return params.tolist()

    def make(sizes, d, seed):
        generator = torch.Generator().manual_seed(seed)
        truth = torch.arange(1.0, d + 1)
        batches = []
        for size in sizes:
            features = torch.randn(size, d, generator=generator)
            batches.append((features, features @ truth + 0.5))
        return batches

    def check(sizes, accumulate, learning_rate, max_norm, epochs, failed):
        batches = make(sizes, 3, len(sizes))
        weight, bias = train_accumulated(batches, accumulate, learning_rate, max_norm, epochs)
        found = [*weight.tolist(), float(bias)]
        expected = oracle(batches, accumulate, learning_rate, max_norm, epochs)
        close = len(found) == len(expected) and all(abs(a - b) < 1e-4 for a, b in zip(found, expected))
        assert close, f"{failed}weight and bias are {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([4, 4, 4, 4], 2, 0.1, 1e6, 3, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check([8, 1, 3, 2, 6, 1], 3, 0.1, 1e6, 2, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check([4, 4, 4, 4, 4], 2, 0.1, 1e6, 2, "Test case [3/4] failed: ")
    check([2, 2], 5, 0.1, 1e6, 4, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check([4, 1, 6, 2, 3], 2, 0.2, 0.5, 3, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_train_accumulated()
