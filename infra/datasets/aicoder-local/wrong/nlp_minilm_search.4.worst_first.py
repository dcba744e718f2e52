def search(queries, documents, top_k):
    tokenizer, model = load_encoder()

    def embed(texts):
        batch = tokenizer(texts, padding=True, truncation=True, max_length=256, return_tensors="pt")
        with torch.no_grad():
            states = model(**batch).last_hidden_state
        mask = batch["attention_mask"][:, :, None]
        return torch.nn.functional.normalize((states * mask).sum(dim=1) / mask.sum(dim=1), dim=1)

    scores = embed(queries) @ embed(documents).T
    order = scores.argsort(dim=1)[:, -top_k:]
    return [[(int(i), float(scores[q, i])) for i in row] for q, row in enumerate(order)]
