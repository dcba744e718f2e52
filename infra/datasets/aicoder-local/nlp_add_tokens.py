# domain: nlp
# level: 3
# checks: new tokens get rows that are the mean of the old ones, tied to the output, and change nothing else
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "tokenizers", "torch", "transformers"]

# function_import --------------------

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

# function_code --------------------

def load_pretrained() -> tuple[PreTrainedTokenizerFast, GPT2LMHeadModel]:
    """A small tokenizer of words and a tiny language model that belongs to it, whose output shares the input's embedding."""
    words = "<unk> <eos> the cat sat on a mat and ran".split()
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    torch.manual_seed(6)
    config = GPT2Config(
        vocab_size=len(words), n_positions=32, n_embd=16, n_layer=1, n_head=2, bos_token_id=1, eos_token_id=1
    )
    model = GPT2LMHeadModel(config)
    # Rows that are far from having a mean of zero, as trained ones may be.
    with torch.no_grad():
        model.transformer.wte.weight.add_(torch.linspace(-1, 2, 16))
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", eos_token="<eos>"), model


def logits_with_new_tokens(new_tokens: list[str], text: str) -> dict[str, list]:
    """Add tokens to the tokenizer and the model of `load_pretrained`, before a fine-tuning, and run the model once.

    `new_tokens` are added in their order; one that the tokenizer has already, or that was given before, is not added again. The
    embedding of each added token, in the input and in the output (they stay one shared matrix), is the mean of the embeddings of all
    tokens that the model had before; no old row changes. Then the model reads `text` for inference, its words
    separated by spaces.

    Returns {"ids": the token ids of the text, "logits": the model's logits after the last token, one for each token of
    the enlarged vocabulary}.

    >>> logits_with_new_tokens(["dog"], "the dog")["ids"]
    [2, 10]
    """
    tokenizer, model = load_pretrained()
    old = len(tokenizer)
    tokenizer.add_tokens(new_tokens)
    model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    with torch.no_grad():
        weight = model.get_input_embeddings().weight
        weight[old:] = weight[:old].mean(dim=0)
        ids = tokenizer(text)["input_ids"]
        logits = model.eval()(torch.tensor([ids])).logits[0, -1]
    return {"ids": ids, "logits": logits.tolist()}

# test_function_code --------------------

def test_logits_with_new_tokens():
    import numpy as np
    import torch

    _, model = load_pretrained()
    model.eval()
    table = model.transformer.wte.weight.detach().numpy().astype(float)
    mean = sum(table[i] for i in range(10)) / 10

    def expected_for(ids, size):
        rows = np.stack([table[i] if i < 10 else mean for i in ids])
        with torch.no_grad():
            states = model.transformer(inputs_embeds=torch.tensor(rows, dtype=torch.float32)[None]).last_hidden_state
        state = states[0, -1].numpy().astype(float)
        return [float(state @ (table[i] if i < 10 else mean)) for i in range(size)]

    def check(new_tokens, text, ids, size, case):
        got, expected = logits_with_new_tokens(new_tokens, text), expected_for(ids, size)
        assert list(got["ids"]) == ids, f"Test case {case} failed: got the ids {got['ids']}, expected {ids}"
        fits = len(got["logits"]) == size and np.allclose(got["logits"], expected, atol=2e-3)
        assert fits, f"Test case {case} failed: got the logits {got['logits']}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(["dog"], "the cat sat", [2, 3, 4], 11, "[1/4]")

    print("Testing case [2/4] started.")
    check(["dog", "<img>", "barked"], "the dog barked and <img> sat", [2, 10, 12, 8, 11, 4], 13, "[2/4]")

    print("Testing case [3/4] started.")
    check(["mat", "dog", "dog", "cat"], "a dog on the mat", [6, 10, 5, 2, 7], 11, "[3/4]")

    print("Testing case [4/4] started.")
    check([], "a bird ran", [6, 0, 9], 10, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_logits_with_new_tokens()
