# domain: nlp
# level: 2
# checks: labels of words become labels of word pieces: first piece alone, -100 for special tokens and padding
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["tokenizers", "transformers"]

# function_import --------------------

from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

# function_code --------------------

def load_tokenizer() -> PreTrainedTokenizerFast:
    """A small WordPiece tokenizer with special tokens, as one of BERT's family has them."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    pieces = ["ang", "##ela", "mer", "##kel", "visit", "##ed", "new", "york", "##er", "in", "the", "##s", "city", "-"]
    vocabulary = {piece: number for number, piece in enumerate([*special, *pieces])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )


def align_labels(sentences: list[list[str]], labels: list[list[int]], max_length: int) -> dict[str, list[list[int]]]:
    """Prepare sentences that are split into words, each word with a label, for training a token classifier.

    The tokenizer of `load_tokenizer` splits words further into pieces, and adds [CLS] and [SEP]. Sequences are cut
    to `max_length` tokens, special ones counted, and padded on the right to the longest of the batch. The first
    piece of a word has the word's label; its other pieces, special tokens and padding have -100, which the loss ignores. A word
    that is written with a hyphen is one word with one label, however it is split.

    Returns {"input_ids": ..., "labels": ...}, lists of lists of the same lengths.

    >>> align_labels([["angela", "visited"]], [[1, 0]], 16)["labels"]
    [[-100, 1, -100, 0, -100, -100]]
    """
    encoded = load_tokenizer()(sentences, is_split_into_words=True, truncation=True, max_length=max_length, padding=True)
    aligned = []
    for row, word_labels in enumerate(labels):
        previous, out = None, []
        for word in encoded.word_ids(row):
            out.append(-100 if word is None or word == previous else word_labels[word])
            previous = word
        aligned.append(out)
    return {"input_ids": [list(ids) for ids in encoded["input_ids"]], "labels": aligned}

# test_function_code --------------------

def test_align_labels():
    print("Testing started.")

    print("Testing case [1/4] started.")
    batch = align_labels([["angela", "merkel", "visited", "new", "york"]], [[1, 2, 0, 5, 6]], 32)
    ids, labels = [[2, 4, 5, 6, 7, 8, 9, 10, 11, 3]], [[-100, 1, -100, 2, -100, 0, -100, 5, 6, -100]]
    assert batch["input_ids"] == ids, f"Test case [1/4] failed: got the ids {batch['input_ids']}"
    assert batch["labels"] == labels, f"Test case [1/4] failed: got the labels {batch['labels']}"

    print("Testing case [2/4] started.")
    batch = align_labels([["the", "new", "yorkers", "visit", "the", "city"], ["in", "york"]], [[0, 3, 4, 0, 0, 7], [0, 5]], 32)
    ids = [[2, 14, 10, 11, 12, 15, 8, 14, 16, 3], [2, 13, 11, 3, 0, 0, 0, 0, 0, 0]]
    labels = [[-100, 0, 3, 4, -100, -100, 0, 0, 7, -100], [-100, 0, 5] + [-100] * 7]
    assert batch["input_ids"] == ids, f"Test case [2/4] failed: got the ids {batch['input_ids']}"
    assert batch["labels"] == labels, f"Test case [2/4] failed: got the labels {batch['labels']}"

    print("Testing case [3/4] started.")
    # Two neighbours with the same text and label are still two words.
    batch = align_labels([["visited", "visited", "new-york", "zzz", "city"]], [[3, 3, 8, 9, 4]], 32)
    ids, labels = [[2, 8, 9, 8, 9, 10, 17, 11, 1, 16, 3]], [[-100, 3, -100, 3, -100, 8, -100, -100, 9, 4, -100]]
    assert batch["input_ids"] == ids, f"Test case [3/4] failed: got the ids {batch['input_ids']}"
    assert batch["labels"] == labels, f"Test case [3/4] failed: got the labels {batch['labels']}"

    print("Testing case [4/4] started.")
    batch = align_labels([["angela", "merkel", "visited"], ["the", "city"]], [[1, 2, 3], [4, 5]], 5)
    ids, labels = [[2, 4, 5, 6, 3], [2, 14, 16, 3, 0]], [[-100, 1, -100, 2, -100], [-100, 4, 5, -100, -100]]
    assert batch["input_ids"] == ids, f"Test case [4/4] failed: got the ids {batch['input_ids']} cut to 5"
    assert batch["labels"] == labels, f"Test case [4/4] failed: got the labels {batch['labels']} cut to 5"

    print("Testing finished.")

# call_test_function_line --------------------

test_align_labels()
