# domain: nlp
# level: 2
# checks: answers of a multiple choice are scored by the log-likelihood of their own tokens, for each token
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch", "transformers"]

# function_import --------------------

import torch
from transformers import GPT2Config, GPT2LMHeadModel

# function_code --------------------

def load_model() -> GPT2LMHeadModel:
    """A tiny language model, with its dropout as a constructor leaves it: on."""
    torch.manual_seed(4)
    config = GPT2Config(
        vocab_size=40, n_positions=64, n_embd=32, n_layer=2, n_head=4, initializer_range=0.3, resid_pdrop=0.3
    )
    return GPT2LMHeadModel(config)


def score_choices(question: list[int], choices: list[list[int]]) -> list[float]:
    """Score the choices of a multiple-choice question by the language model of `load_model`.

    `question` and each choice are token ids, none of them empty. The model reads the question followed by a choice, without any token
    between or around them. The score of a choice is the mean, over the tokens of the choice alone, of the natural logarithm of the
    probability that the model gives to the token after all tokens before it: the first token of the choice is judged after
    the question. The model is used for inference, without dropout. Returns the scores in the order of the choices.
    """
    model = load_model().eval()
    scores = []
    for choice in choices:
        with torch.no_grad():
            logits = model(torch.tensor([question + choice])).logits[0]
        log_probabilities = logits[len(question) - 1 : -1].log_softmax(dim=-1)
        scores.append(log_probabilities.gather(1, torch.tensor(choice)[:, None]).mean().item())
    return scores

# test_function_code --------------------

def test_score_choices():
    import torch

    model = load_model().eval()

    def naive(question, choice):
        ids, total = list(question), 0.0
        for token in choice:
            with torch.no_grad():
                probabilities = model(torch.tensor([ids])).logits[0, -1].double().softmax(dim=-1)
            total += float(probabilities[token].log())
            ids.append(token)
        return total / len(choice)

    def check(question, choices, case):
        got, expected = score_choices(question, choices), [naive(question, choice) for choice in choices]
        fits = len(got) == len(expected) and all(abs(a - b) < 1e-3 for a, b in zip(got, expected))
        assert fits, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([3, 17, 8, 30], [[5], [12], [39]], "[1/3]")

    print("Testing case [2/3] started.")
    check([3, 17, 8, 30, 2, 2], [[5, 6], [12, 1, 9, 33, 7], [39, 39, 39], [0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([21], [[4, 8, 15, 16, 23], [21], [7, 7]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_score_choices()
