# domain: nlp
# level: 2
# checks: a pipeline over a local folder scores labels that do not exclude each other, and cuts long texts
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["tokenizers", "torch", "transformers"]

# function_import --------------------

import tempfile

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, pipeline

# function_code --------------------

LABELS = ["billing", "delivery", "complaint", "praise"]


def save_model(folder: str) -> None:
    """Write a tiny text classifier and its tokenizer to a folder, as `save_pretrained` does."""
    words = "[PAD] [UNK] the bill is wrong late parcel came today thanks great never again refund please".split()
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=12)
    torch.manual_seed(2)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=12,
        initializer_range=0.5,
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    fast.save_pretrained(folder)


def tag_texts(texts: list[str], threshold: float) -> list[dict[str, float]]:
    """Tag texts with the classifier that `save_model` writes, by a `pipeline("text-classification")` over a local folder.

    The labels do not exclude each other: the score of a label is the sigmoid of its logit, which says how probable it is that
    the text has it. The model reads at most 12 tokens; of a longer text the first 12 are used. Returns for each text its
    labels with a score of at least `threshold`, and the scores, in the order of falling scores; {} if it has none.
    """
    with tempfile.TemporaryDirectory() as folder:
        save_model(folder)
        classify = pipeline("text-classification", model=folder, tokenizer=folder)
        outputs = classify(texts, top_k=None, function_to_apply="sigmoid", truncation=True, max_length=12)
    return [{each["label"]: each["score"] for each in labels if each["score"] >= threshold} for labels in outputs]

# test_function_code --------------------

def test_tag_texts():
    import tempfile

    import torch
    from transformers import BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tempfile.mkdtemp()
    save_model(folder)
    model = BertForSequenceClassification.from_pretrained(folder).eval()
    vocabulary = PreTrainedTokenizerFast.from_pretrained(folder).get_vocab()

    def scores(text):
        ids = [vocabulary.get(word, 1) for word in text.split()][:12]
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([ids])).logits[0]
        return {label: 1 / (1 + 2.718281828459045 ** -float(logit)) for label, logit in zip(LABELS, logits)}

    def check(texts, threshold, case):
        got = tag_texts(texts, threshold)
        assert len(got) == len(texts), f"Test case {case} failed: got {got}"
        for text, tags in zip(texts, got):
            expected = {label: score for label, score in scores(text).items() if score >= threshold}
            order = sorted(expected, key=lambda label: -expected[label])
            fits = list(tags) == order and all(abs(tags[label] - expected[label]) < 1e-3 for label in order)
            assert fits, f"Test case {case} failed: {text!r} has {tags}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(["the bill is wrong", "thanks great"], 0.0, "[1/4]")

    print("Testing case [2/4] started.")
    texts = ["parcel came late", "never again", "refund please the bill is wrong again", "great parcel came today thanks", "unheard"]
    counts = {sum(score >= 0.5 for score in scores(text).values()) for text in texts}
    assert len(counts) > 1, "Test case [2/4] failed: the task's own texts"
    check(texts, 0.5, "[2/4]")

    print("Testing case [3/4] started.")
    check(["the parcel came late again and the bill is wrong please refund the bill today never again"], 0.1, "[3/4]")

    print("Testing case [4/4] started.")
    got = tag_texts(["great", "late parcel"], 1.01)
    assert got == [{}, {}], f"Test case [4/4] failed: got {got} above a threshold of 1.01"

    print("Testing finished.")

# call_test_function_line --------------------

test_tag_texts()
