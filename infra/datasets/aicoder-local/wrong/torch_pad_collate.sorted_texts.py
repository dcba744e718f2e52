import torch
from torch.nn.utils.rnn import pad_sequence


def collate_padded(batch: list[tuple[list[int], int]], pad_id: int) -> dict[str, torch.Tensor]:
    # Longest first, as packed sequences want it.
    texts = sorted((torch.tensor(tokens) for tokens, _ in batch), key=len, reverse=True)
    lengths = torch.tensor([len(text) for text in texts])
    input_ids = pad_sequence(texts, batch_first=True, padding_value=pad_id)
    mask = (torch.arange(input_ids.shape[1])[None, :] < lengths[:, None]).long()
    labels = torch.tensor([label for _, label in batch])
    return {"input_ids": input_ids, "attention_mask": mask, "lengths": lengths, "labels": labels}
