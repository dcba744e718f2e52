def logits_with_new_tokens(new_tokens, text):
    tokenizer, model = load_pretrained()
    added = tokenizer.add_tokens(new_tokens)
    model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    with torch.no_grad():
        weight = model.get_input_embeddings().weight
        if added:
            weight[-added:] = weight.mean(dim=0)
        ids = tokenizer(text)["input_ids"]
        logits = model.eval()(torch.tensor([ids])).logits[0, -1]
    return {"ids": ids, "logits": logits.tolist()}
