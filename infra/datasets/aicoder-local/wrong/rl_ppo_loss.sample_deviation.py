import torch
from torch.distributions import Categorical


def ppo_loss(logits, actions, old_log_probs, advantages, clip):
    logits = logits.clone().requires_grad_(True)
    log_probs = Categorical(logits=logits).log_prob(actions)
    advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
    ratio = torch.exp(log_probs - old_log_probs)
    clipped = torch.clamp(ratio, 1 - clip, 1 + clip)
    loss = -torch.min(ratio * advantages, clipped * advantages).mean()
    loss.backward()
    return loss.item(), (torch.abs(ratio - 1) > clip).float().mean().item(), logits.grad
