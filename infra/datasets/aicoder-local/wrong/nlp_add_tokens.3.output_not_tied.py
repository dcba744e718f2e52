def logits_with_new_tokens(new_tokens, text):
    tokenizer, model = load_pretrained()
    old = len(tokenizer)
    tokenizer.add_tokens(new_tokens)
    table = model.get_input_embeddings().weight.detach()
    rows = torch.cat([table, table.mean(dim=0).expand(len(tokenizer) - old, -1)])
    model.transformer.wte = torch.nn.Embedding.from_pretrained(rows)
    ids = tokenizer(text)["input_ids"]
    with torch.no_grad():
        logits = model.eval()(torch.tensor([ids])).logits[0, -1]
    return {"ids": ids, "logits": logits.tolist()}
