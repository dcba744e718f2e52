def search(queries, documents, top_k):
    tokenizer, model = load_encoder()

    def embed(texts):
        batch = tokenizer(texts, padding=True, truncation=True, max_length=256, return_tensors="pt")
        with torch.no_grad():
            states = model(**batch).last_hidden_state
        mask = batch["attention_mask"][:, :, None]
        return (states * mask).sum(dim=1) / mask.sum(dim=1)

    values, indices = (embed(queries) @ embed(documents).T).topk(min(top_k, len(documents)), dim=1)
    return [list(zip(row, scores)) for row, scores in zip(indices.tolist(), values.tolist())]
