import numpy as np


def left_pad_batch(prompts, max_tokens, pad_id):
    kept = [prompt[:max_tokens] for prompt in prompts]
    width = max(len(prompt) for prompt in kept)
    ids = np.array([[pad_id] * (width - len(prompt)) + prompt for prompt in kept])
    mask = np.array([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in kept])
    return {"input_ids": ids, "attention_mask": mask, "position_ids": np.maximum(mask.cumsum(axis=1) - 1, 0)}
