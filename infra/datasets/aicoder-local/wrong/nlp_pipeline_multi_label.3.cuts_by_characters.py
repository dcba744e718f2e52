def tag_texts(texts, threshold):
    texts = [text[:50] for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        save_model(folder)
        classify = pipeline("text-classification", model=folder, tokenizer=folder, top_k=None)
        outputs = classify(texts, function_to_apply="sigmoid")
    return [{each["label"]: each["score"] for each in labels if each["score"] >= threshold} for labels in outputs]
