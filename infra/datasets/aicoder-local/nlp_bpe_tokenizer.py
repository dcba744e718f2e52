# domain: nlp
# level: 1
# checks: a BPE tokenizer with pre-tokenizer, special tokens and unknown token, trained on the spot
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["tokenizers"]

# function_import --------------------

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

# function_code --------------------

def train_and_encode(corpus: list[str], vocab_size: int, texts: list[str]) -> dict[str, list]:
    """Train a byte-pair-encoding tokenizer on a corpus with the library `tokenizers`, and encode texts with it.

    - Texts are lowercased, in training and in encoding.
    - Before merging, they are split by the library's pre-tokenizer `Whitespace` into words and punctuation: no
      token holds a space, or letters of two words.
    - The special tokens "[UNK]" and "[PAD]" have the ids 0 and 1. `vocab_size` counts them, the characters
      of the corpus, and the merges. There is no minimum frequency of a merge (`min_frequency=0`).
    - Each character that the corpus does not have is encoded as one "[UNK]".

    Returns {"tokens": [...], "ids": [...]}, in each a list for every text, without padding.

    >>> train_and_encode(["ab ab abc"], 6, ["abc ab"])["tokens"]
    [['ab', 'c', 'ab']]
    """
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, min_frequency=0, special_tokens=["[UNK]", "[PAD]"], show_progress=False
    )
    tokenizer.train_from_iterator(corpus, trainer)
    encoded = [tokenizer.encode(text) for text in texts]
    return {"tokens": [each.tokens for each in encoded], "ids": [each.ids for each in encoded]}

# test_function_code --------------------

def test_train_and_encode():
    print("Testing started.")

    # Pairs of the corpus, most frequent first: a-b 6 times, then ab-c twice.
    corpus = ["ab AB ab", "ab abc Abc"]

    print("Testing case [1/4] started.")
    result = train_and_encode(corpus, 6, ["abc ab", "cab"])
    expected = [["ab", "c", "ab"], ["c", "ab"]]
    assert result["tokens"] == expected, f"Test case [1/4] failed: got {result['tokens']} with one merge"
    result = train_and_encode(corpus, 7, ["abc ab", "cab"])
    expected = [["abc", "ab"], ["c", "ab"]]
    assert result["tokens"] == expected, f"Test case [1/4] failed: got {result['tokens']} with two merges"

    print("Testing case [2/4] started.")
    result = train_and_encode(corpus, 7, ["ABC", "Ab ab"])
    assert result["tokens"] == [["abc"], ["ab", "ab"]], f"Test case [2/4] failed: got {result['tokens']}"

    print("Testing case [3/4] started.")
    result = train_and_encode(corpus, 7, ["abzab!", "zz", ""])
    expected = [["ab", "[UNK]", "ab", "[UNK]"], ["[UNK]", "[UNK]"], []]
    assert result["tokens"] == expected, f"Test case [3/4] failed: got {result['tokens']} for unknown characters"
    assert result["ids"][1] == [0, 0], f"Test case [3/4] failed: got the ids {result['ids'][1]} for [UNK] [UNK]"

    print("Testing case [4/4] started.")
    # Room for every merge: words are whole, and nothing is left that could join two of them.
    corpus = ["the cat sat, the cat ran", "the dog, the dog sat"]
    result = train_and_encode(corpus, 200, ["the cat, the dog", "catdog"])
    expected = ["the", "cat", ",", "the", "dog"]
    assert result["tokens"][0] == expected, f"Test case [4/4] failed: got {result['tokens'][0]}"
    assert result["tokens"][1] == ["cat", "dog"], f"Test case [4/4] failed: got {result['tokens'][1]} for catdog"
    ids = result["ids"]
    fits = ids[1] == [ids[0][1], ids[0][4]] and ids[0][0] == ids[0][3] and min(ids[0]) >= 2 and len(set(ids[0])) == 4
    assert fits, f"Test case [4/4] failed: got the ids {ids}"

    print("Testing finished.")

# call_test_function_line --------------------

test_train_and_encode()
