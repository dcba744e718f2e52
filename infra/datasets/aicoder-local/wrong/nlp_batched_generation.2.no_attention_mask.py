def continue_prompts(prompts, max_new_tokens):
    model = load_model().eval()
    width = max(len(prompt) for prompt in prompts)
    ids = torch.tensor([[PAD] * (width - len(prompt)) + prompt for prompt in prompts])
    out = model.generate(
        ids, attention_mask=torch.ones_like(ids), max_new_tokens=max_new_tokens, do_sample=False, pad_token_id=PAD
    )
    rows = out[:, width:].tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]
