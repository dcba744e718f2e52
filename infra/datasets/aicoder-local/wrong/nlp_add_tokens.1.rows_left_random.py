def logits_with_new_tokens(new_tokens, text):
    tokenizer, model = load_pretrained()
    tokenizer.add_tokens(new_tokens)
    model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    ids = tokenizer(text)["input_ids"]
    with torch.no_grad():
        logits = model.eval()(torch.tensor([ids])).logits[0, -1]
    return {"ids": ids, "logits": logits.tolist()}
