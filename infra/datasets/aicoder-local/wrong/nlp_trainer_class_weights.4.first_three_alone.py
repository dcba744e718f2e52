def train_and_predict(texts, labels, class_weights, new_texts):
    class WeightedTrainer(Trainer):
        def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
            labels = inputs.pop("labels")
            outputs = model(**inputs)
            loss = torch.nn.CrossEntropyLoss(weight=torch.tensor(class_weights))(outputs.logits, labels)
            return (loss, outputs) if return_outputs else loss

    def pad(texts):
        width = max(len(text) for text in texts)
        return torch.tensor([text + [PAD] * (width - len(text)) for text in texts])

    def collate(rows):
        ids = pad([row["input_ids"] for row in rows])
        labels = torch.tensor([row["labels"] for row in rows])
        return {"input_ids": ids, "attention_mask": (ids != PAD).long(), "labels": labels}

    arguments = TrainingArguments(
        output_dir="out",
        max_steps=60,
        per_device_train_batch_size=len(texts),
        learning_rate=0.01,
        lr_scheduler_type="constant",
        save_strategy="no",
        report_to="none",
        use_cpu=True,
    )
    rows = [{"input_ids": text, "labels": label} for text, label in zip(texts, labels)]
    trainer = WeightedTrainer(model=build_model(), args=arguments, train_dataset=rows, data_collator=collate)
    trainer.train()
    with torch.no_grad():
        ids = pad(new_texts)
        return trainer.model(input_ids=ids, attention_mask=(ids != PAD).long()).logits.softmax(dim=-1)[:3].tolist()
