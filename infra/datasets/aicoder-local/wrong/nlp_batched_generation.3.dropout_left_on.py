def continue_prompts(prompts, max_new_tokens):
    model = load_model()
    width = max(len(prompt) for prompt in prompts)
    ids = torch.tensor([[PAD] * (width - len(prompt)) + prompt for prompt in prompts])
    mask = (ids != PAD).long()
    out = model.generate(input_ids=ids, attention_mask=mask, max_new_tokens=max_new_tokens, do_sample=False)
    rows = out[:, width:].tolist()
    return [row[: row.index(EOS)] if EOS in row else row for row in rows]
