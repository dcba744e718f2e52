def train_and_predict(texts, labels, class_weights, new_texts):
    class WeightedTrainer(Trainer):
        def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
            labels = inputs.pop("labels")
            outputs = model(**inputs)
            criterion = torch.nn.CrossEntropyLoss(weight=torch.tensor(class_weights))
            loss = criterion(outputs.logits.softmax(dim=-1), labels)
            return (loss, outputs) if return_outputs else loss

    def collate(rows):
        width = max(len(row["input_ids"]) for row in rows)
        ids = torch.tensor([row["input_ids"] + [PAD] * (width - len(row["input_ids"])) for row in rows])
        batch = {"input_ids": ids, "attention_mask": (ids != PAD).long()}
        if "labels" in rows[0]:
            batch["labels"] = torch.tensor([row["labels"] for row in rows])
        return batch

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
        new = collate([{"input_ids": text} for text in new_texts])
        return trainer.model(**new).logits.softmax(dim=-1).tolist()
