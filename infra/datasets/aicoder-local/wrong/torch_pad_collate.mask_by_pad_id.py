import torch
from torch.nn.utils.rnn import pad_sequence


def collate_padded(batch: list[tuple[list[int], int]], pad_id: int) -> dict[str, torch.Tensor]:
    texts = [torch.tensor(tokens) for tokens, _ in batch]
    input_ids = pad_sequence(texts, batch_first=True, padding_value=pad_id)
    mask = (input_ids != pad_id).long()
    return {
        "input_ids": input_ids,
        "attention_mask": mask,
        "lengths": mask.sum(dim=1),
        "labels": torch.tensor([label for _, label in batch]),
    }
