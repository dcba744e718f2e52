def tag_texts(texts, threshold):
    with tempfile.TemporaryDirectory() as folder:
        save_model(folder)
        classify = pipeline("text-classification", model=folder, tokenizer=folder)
        outputs = classify(texts, function_to_apply="sigmoid", truncation=True, max_length=12)
    return [{each["label"]: each["score"]} if each["score"] >= threshold else {} for each in outputs]
