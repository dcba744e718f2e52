# domain: training
# level: 2
# checks: the straight-through gradient of a custom autograd function, and where it is cut off
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def quantised_gradient(
    weight: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor, scale: float, low: int, high: int
) -> tuple[float, torch.Tensor]:
    """Loss and gradient of a linear layer in quantisation-aware training.

    `weight` is a float32 tensor of shape (outputs, d), `inputs` of shape (rows, d), `targets` of shape
    (rows, outputs). Let steps = round(weight / scale), halves to the even neighbour as `torch.round` does. In the
    forward pass the layer uses the weight clamp(steps, low, high) * scale in place of `weight`; the loss
    is the mean of the squared differences of inputs @ (that weight transposed) and `targets`, over all elements.

    In the backward pass rounding is passed straight through: the gradient with respect to an element of
    `weight` is the gradient with respect to its quantised value if its `steps` is in the range from `low` to `high`,
    both included, and 0 if it is outside.

    Returns the loss and the gradient with respect to `weight`. No argument is changed.

    >>> weight, inputs, targets = torch.tensor([[0.75]]), torch.tensor([[1.0]]), torch.tensor([[0.0]])
    >>> quantised_gradient(weight, inputs, targets, 0.5, -2, 2)[0]
    1.0
    """

    class Quantise(torch.autograd.Function):
        @staticmethod
        def forward(ctx: object, values: torch.Tensor) -> torch.Tensor:
            steps = torch.round(values / scale)
            ctx.save_for_backward((steps >= low) & (steps <= high))
            return steps.clamp(low, high) * scale

        @staticmethod
        def backward(ctx: object, upstream: torch.Tensor) -> torch.Tensor:
            (is_inside,) = ctx.saved_tensors
            return upstream * is_inside

    leaf = weight.detach().clone().requires_grad_()
    loss = torch.nn.functional.mse_loss(inputs @ Quantise.apply(leaf).T, targets)
    loss.backward()
    return loss.item(), leaf.grad

# test_function_code --------------------

def test_quantised_gradient():
    import torch

    def naive(weight, inputs, targets, scale, low, high):
        weight, inputs, targets = weight.double().tolist(), inputs.double().tolist(), targets.double().tolist()
        steps = [[round(w / scale) for w in row] for row in weight]
        quantised = [[min(max(step, low), high) * scale for step in row] for row in steps]
        errors = [
            [sum(x * q for x, q in zip(row, wanted)) - target for wanted, target in zip(quantised, wanted_row)]
            for row, wanted_row in zip(inputs, targets)
        ]
        count = len(inputs) * len(weight)
        loss = sum(error * error for row in errors for error in row) / count
        gradient = [
            sum(2 * errors[r][o] * inputs[r][d] for r in range(len(inputs))) / count * (low <= steps[o][d] <= high)
            for o in range(len(weight))
            for d in range(len(weight[0]))
        ]
        return loss, gradient

    def check(weight, inputs, targets, scale, low, high, failed):
        weight = torch.tensor(weight)
        before = weight.tolist()
        loss, gradient = quantised_gradient(weight, inputs, targets, scale, low, high)
        expected_loss, expected = naive(weight, inputs, targets, scale, low, high)
        close = abs(float(loss) - expected_loss) <= 1e-4 * max(1.0, expected_loss)
        assert close, f"{failed}the loss is {loss}, expected {expected_loss}"
        assert list(gradient.shape) == list(weight.shape), f"{failed}shape {list(gradient.shape)}"
        found = gradient.flatten().tolist()
        close = all(abs(a - b) <= 1e-4 * max(1.0, abs(b)) for a, b in zip(found, expected))
        assert close, f"{failed}the gradient is {found}, expected {expected}"
        assert weight.tolist() == before, f"{failed}the weight was changed"

    generator = torch.Generator().manual_seed(3)

    print("Testing started.")

    print("Testing case [1/3] started.")
    inputs, targets = torch.randn(4, 3, generator=generator), torch.randn(4, 2, generator=generator)
    check([[0.3, -0.8, 1.26], [0.9, 0.1, -0.4]], inputs, targets, 0.25, -8, 7, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    inputs, targets = torch.randn(5, 4, generator=generator), torch.randn(5, 2, generator=generator)
    check([[9.0, -9.0, 2.0, 0.5], [40.0, 3.0, -4.0, -100.0]], inputs, targets, 1.0, -4, 3, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    inputs, targets = torch.randn(6, 5, generator=generator), torch.randn(6, 1, generator=generator)
    check([[1.6875, 1.8125, -2.0625, -2.1875, 1.25]], inputs, targets, 0.5, -4, 3, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_quantised_gradient()
