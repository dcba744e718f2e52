# domain: reinforcement-learning
# level: 2
# checks: the clipped surrogate of PPO takes the smaller side, and normalises advantages as it is told
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def ppo_loss(
    logits: torch.Tensor, actions: torch.Tensor, old_log_probs: torch.Tensor, advantages: torch.Tensor, clip: float
) -> tuple[float, float, torch.Tensor]:
    """Clipped policy loss of PPO for a minibatch, with its gradient.

    `logits` is a float32 tensor of shape (n, actions), the policy's scores; `actions` (n,), int64, are the actions
    that were taken, `old_log_probs` (n,) their log-probabilities when they were, `advantages` (n,) their
    advantages, n >= 2. The advantages are normalised first: their mean is subtracted and they are divided by
    (s + 1e-8), where s is their population standard deviation (whose sum of squares is divided by n).

    With ratio = exp(log-probability of the action under the softmax of `logits` - old_log_probs), the objective
    of a row is the smaller one of ratio * advantage and clamp(ratio, 1 - clip, 1 + clip) * advantage. The loss is
    minus the mean of the objectives.

    Returns the loss, the share of rows whose ratio differs from 1 by more than `clip`, and the gradient of the loss
    with respect to `logits`, a tensor of shape (n, actions).

    >>> logits, old = torch.zeros(2, 2), torch.tensor([-0.6931472, -0.6931472])
    >>> ppo_loss(logits, torch.tensor([0, 1]), old, torch.tensor([1.0, -1.0]), 0.2)[1]
    0.0
    """
    leaf = logits.detach().clone().requires_grad_()
    log_probs = leaf.log_softmax(dim=1).gather(1, actions[:, None]).squeeze(1)
    ratio = (log_probs - old_log_probs).exp()
    normal = (advantages - advantages.mean()) / (advantages.std(correction=0) + 1e-8)
    loss = -torch.minimum(ratio * normal, ratio.clamp(1 - clip, 1 + clip) * normal).mean()
    loss.backward()
    return loss.item(), ((ratio - 1).abs() > clip).float().mean().item(), leaf.grad

# test_function_code --------------------

def test_ppo_loss():
    import math

    import torch

    def naive(logits, actions, old_log_probs, advantages, clip):
        n = len(actions)
        mean = sum(advantages) / n
        deviation = math.sqrt(sum((a - mean) ** 2 for a in advantages) / n)
        loss, clipped, gradient = 0.0, 0, []
        for scores, action, old, advantage in zip(logits, actions, old_log_probs, advantages):
            advantage = (advantage - mean) / (deviation + 1e-8)
            powers = [math.exp(score) for score in scores]
            shares = [power / sum(powers) for power in powers]
            ratio = shares[action] / math.exp(old)
            bounded = min(max(ratio, 1 - clip), 1 + clip)
            loss -= min(ratio * advantage, bounded * advantage) / n
            clipped += abs(ratio - 1) > clip
            is_flat = ratio * advantage > bounded * advantage
            slope = 0.0 if is_flat else -advantage * ratio / n
            gradient += [slope * ((k == action) - share) for k, share in enumerate(shares)]
        return loss, clipped / n, gradient

    def check(logits, actions, ratios, advantages, clip, failed):
        logits, actions = torch.tensor(logits), torch.tensor(actions)
        new = logits.log_softmax(dim=1)[torch.arange(len(actions)), actions]
        old = new - torch.tensor(ratios).log()
        loss, share, gradient = ppo_loss(logits, actions, old, torch.tensor(advantages), clip)
        wanted = naive(logits.tolist(), actions.tolist(), old.tolist(), advantages, clip)
        assert abs(float(loss) - wanted[0]) < 1e-4, f"{failed}the loss is {loss}, expected {wanted[0]}"
        assert abs(float(share) - wanted[1]) < 1e-6, f"{failed}the clipped share is {share}, expected {wanted[1]}"
        found = gradient.flatten().tolist()
        close = len(found) == len(wanted[2]) and all(abs(a - b) < 1e-4 for a, b in zip(found, wanted[2]))
        assert close, f"{failed}the gradient is {found}, expected {wanted[2]}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    logits = [[0.5, -0.2], [1.0, 0.3], [-0.7, 0.4], [0.0, 0.0]]
    check(logits, [0, 1, 1, 0], [1.1, 0.9, 1.05, 0.95], [1.0, -1.0, 3.0, 2.0], 0.2, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    logits = [[0.1, 0.2, 0.3], [2.0, -1.0, 0.5], [0.0, 1.0, 0.0], [0.4, 0.4, -2.0]]
    check(logits, [2, 0, 1, 1], [1.5, 0.5, 1.4, 0.6], [2.0, 1.0, -1.0, -2.0], 0.2, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    logits = [[0.3, -0.3, 1.0], [1.0, 1.0, -1.0], [0.0, 2.0, 0.0]]
    check(logits, [1, 0, 2], [3.0, 0.3, 1.0], [-5.0, 7.0, 1.0], 0.1, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_ppo_loss()
