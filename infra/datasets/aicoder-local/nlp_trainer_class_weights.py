# domain: nlp
# level: 3
# checks: a Trainer with a loss that weighs classes learns weighted frequencies, and padding changes no prediction
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["accelerate", "torch", "transformers"]

# function_import --------------------

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

# function_code --------------------

PAD = 0


def build_model() -> BertForSequenceClassification:
    """A tiny classifier for two classes, to be trained. It has no dropout."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=20,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=16,
        initializer_range=0.2,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=PAD,
        num_labels=2,
    )
    return BertForSequenceClassification(config)


def train_and_predict(
    texts: list[list[int]], labels: list[int], class_weights: list[float], new_texts: list[list[int]]
) -> list[list[float]]:
    """Train the model of `build_model` with transformers' `Trainer`, and predict new texts.

    Texts are token ids, of different lengths, none of which is PAD; the model reads them as they are, padded on the right
    with PAD, which attention must not see: the lengths of the others change no prediction. `labels` are 0 or 1. The loss of a batch is
    the cross-entropy weighted by class, as `torch.nn.CrossEntropyLoss(weight=...)` has it: the sum of each row's loss times
    the weight of its label, divided by the sum of these weights.

    Training takes 60 steps, each with all rows in one batch, with AdamW at a constant learning rate of 0.01, no weight decay,
    on the processor. Nothing is saved, logged or evaluated. Returns for each new text the probabilities of the two classes.
    """
    weight = torch.tensor(class_weights)

    class WeightedTrainer(Trainer):
        def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
            labels = inputs.pop("labels")
            outputs = model(**inputs)
            loss = torch.nn.functional.cross_entropy(outputs.logits, labels, weight=weight)
            return (loss, outputs) if return_outputs else loss

    def collate(rows: list[dict]) -> dict[str, torch.Tensor]:
        width = max(len(row["input_ids"]) for row in rows)
        ids = torch.tensor([row["input_ids"] + [PAD] * (width - len(row["input_ids"])) for row in rows])
        batch = {"input_ids": ids, "attention_mask": (ids != PAD).long()}
        return batch | ({"labels": torch.tensor([row["labels"] for row in rows])} if "labels" in rows[0] else {})

    arguments = TrainingArguments(
        output_dir="out",
        max_steps=60,
        per_device_train_batch_size=len(texts),
        learning_rate=0.01,
        lr_scheduler_type="constant",
        weight_decay=0.0,
        save_strategy="no",
        logging_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=True,
        dataloader_pin_memory=False,
    )
    rows = [{"input_ids": text, "labels": label} for text, label in zip(texts, labels)]
    trainer = WeightedTrainer(model=build_model(), args=arguments, train_dataset=rows, data_collator=collate)
    trainer.train()
    trainer.model.eval()
    new = collate([{"input_ids": text} for text in new_texts])
    with torch.no_grad():
        return trainer.model(**new).logits.softmax(dim=-1).tolist()

# test_function_code --------------------

def test_train_and_predict():
    # Tokens 5 and 6 decide; with token 7 twelve rows are of class 0 and three of class 1.
    texts = [[5, 9], [5], [5, 10, 11], [6, 9], [6, 12]] + [[7, 8]] * 15
    labels = [0, 0, 0, 1, 1] + [0] * 12 + [1] * 3

    def check(value, low, high, what, case):
        assert low < value < high, f"Test case {case} failed: {what} is of class 1 with probability {value}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    ambiguous, first, second = train_and_predict(texts, labels, [1.0, 1.0], [[7, 8], [5, 9], [6, 12]])
    check(ambiguous[1], 0.15, 0.26, "what was so for 3 of 15, with equal weights,", "[1/3]")
    check(first[1], -0.01, 0.1, "a text of class 0", "[1/3]")
    check(second[1], 0.9, 1.01, "a text of class 1", "[1/3]")
    for row in (ambiguous, first, second):
        assert len(row) == 2 and abs(sum(row) - 1) < 1e-4, f"Test case [1/3] failed: the probabilities {row}"

    print("Testing case [2/3] started.")
    new_texts = [[7, 8], [5, 9], [9, 12], [6, 5], [10, 7]]
    beside = train_and_predict(texts, labels, [1.0, 4.0], [*new_texts, [9, 10, 11, 12, 13, 14, 5, 6]])
    check(beside[0][1], 0.43, 0.57, "what was so for 3 of 15, four times as heavy,", "[2/3]")
    check(beside[1][1], -0.01, 0.15, "a text of class 0", "[2/3]")

    print("Testing case [3/3] started.")
    alone = train_and_predict(texts, labels, [1.0, 4.0], new_texts)
    for text, one, other in zip(new_texts, alone, beside):
        fits = abs(one[1] - other[1]) < 0.005
        assert fits, f"Test case [3/3] failed: {text} has {other} beside a longer text, {one} without"
    assert len(alone) == 5, f"Test case [3/3] failed: {len(alone)} of 5 texts have probabilities"
    print("Testing finished.")

# call_test_function_line --------------------

test_train_and_predict()
