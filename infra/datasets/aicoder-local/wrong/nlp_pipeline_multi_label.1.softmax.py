def tag_texts(texts, threshold):
    with tempfile.TemporaryDirectory() as folder:
        save_model(folder)
        classify = pipeline("text-classification", model=folder, tokenizer=folder)
        outputs = classify(texts, top_k=None, truncation=True, max_length=12)
    return [{each["label"]: each["score"] for each in labels if each["score"] >= threshold} for labels in outputs]
