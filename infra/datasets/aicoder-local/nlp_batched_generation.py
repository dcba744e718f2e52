# domain: nlp
# level: 3
# checks: greedy generation for prompts of different lengths in one batch gives what each prompt alone gives
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch", "transformers"]

# function_import --------------------

import torch
from transformers import GPT2Config, GPT2LMHeadModel

# function_code --------------------

PAD, EOS = 0, 1


def load_model() -> GPT2LMHeadModel:
    """A tiny language model, with its dropout as a constructor leaves it: on."""
    torch.manual_seed(20)
    config = GPT2Config(
        vocab_size=24,
        n_positions=64,
        n_embd=32,
        n_layer=2,
        n_head=4,
        initializer_range=0.5,
        tie_word_embeddings=False,
        attn_pdrop=0.5,
        embd_pdrop=0.5,
        resid_pdrop=0.5,
        bos_token_id=EOS,
        eos_token_id=EOS,
        pad_token_id=PAD,
    )
    return GPT2LMHeadModel(config)


def continue_prompts(prompts: list[list[int]], max_new_tokens: int) -> list[list[int]]:
    """Continue prompts (token ids, none of them empty) with the model of `load_model`, greedily, all in one batch.

    For each prompt the tokens are returned that the model adds: at each step the most probable one, as the model gives it for
    inference (without dropout), at most `max_new_tokens`. A continuation ends before the first EOS, which is not
    returned, nor is any padding. In the batch each prompt gets the continuation that it gets when it is alone, whatever the
    lengths of the others; PAD is free to be used for padding and occurs in no prompt.
    """
    model = load_model().eval()
    width = max(len(prompt) for prompt in prompts)
    ids = torch.tensor([[PAD] * (width - len(prompt)) + prompt for prompt in prompts])
    mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts])
    with torch.no_grad():
        out = model.generate(
            input_ids=ids, attention_mask=mask, max_new_tokens=max_new_tokens, do_sample=False, pad_token_id=PAD
        )
    continuations = []
    for row in out[:, width:].tolist():
        continuations.append(row[: row.index(EOS)] if EOS in row else row)
    return continuations

# test_function_code --------------------

def test_continue_prompts():
    import torch

    model = load_model().eval()

    def alone(prompt, steps):
        ids = list(prompt)
        for _ in range(steps):
            with torch.no_grad():
                token = int(model(torch.tensor([ids])).logits[0, -1].argmax())
            if token == EOS:
                break
            ids.append(token)
        return ids[len(prompt) :]

    def check(prompts, steps, case):
        got, expected = continue_prompts(prompts, steps), [alone(prompt, steps) for prompt in prompts]
        assert got == expected, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([[5, 9, 14]], 12, "[1/4]")

    print("Testing case [2/4] started.")
    check([[5, 9, 14], [7], [3, 4, 20, 21, 2, 8, 15], [22, 6]], 10, "[2/4]")

    print("Testing case [3/4] started.")
    generator = torch.Generator().manual_seed(5)
    prompts = [torch.randint(2, 24, (n,), generator=generator).tolist() for n in (1, 2, 3, 5, 8, 13, 21, 4, 6, 9)]
    expected = [alone(prompt, 16) for prompt in prompts]
    # Some end early, some do not.
    assert {len(each) < 16 for each in expected} == {True, False}, "Test case [3/4] failed: the task's own prompts"
    check(prompts, 16, "[3/4]")

    print("Testing case [4/4] started.")
    check([[2, 3, 4, 5, 6, 7, 8, 9], [10]], 1, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_continue_prompts()
