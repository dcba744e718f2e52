def logits_with_new_tokens(new_tokens, text):
    tokenizer, model = load_pretrained()
    old = model.config.vocab_size
    tokenizer.add_tokens(new_tokens)
    model.resize_token_embeddings(old + len(new_tokens), mean_resizing=False)
    with torch.no_grad():
        weight = model.get_input_embeddings().weight
        weight[old:] = weight[:old].mean(dim=0)
        ids = tokenizer(text)["input_ids"]
        logits = model.eval()(torch.tensor([ids])).logits[0, -1]
    return {"ids": ids, "logits": logits.tolist()}
