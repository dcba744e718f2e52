import torch
import torch.nn.functional as F


def ppo_loss(logits, actions, old_log_probs, advantages, clip):
    logits = logits.clone().requires_grad_(True)
    log_probs = F.log_softmax(logits, dim=-1)[torch.arange(len(actions)), actions]
    advantages = (advantages - advantages.mean()) / (advantages.std(unbiased=False) + 1e-8)
    ratio = torch.exp(log_probs - old_log_probs)
    loss = -(torch.clamp(ratio, 1 - clip, 1 + clip) * advantages).mean()
    loss.backward()
    return loss.item(), (torch.abs(ratio - 1) > clip).float().mean().item(), logits.grad
