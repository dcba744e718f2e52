"""
Serves a Qwen2 model of a GGUF file on a CUDA GPU by OpenAI's protocol, many requests at once: sweeps of several strategies ask
thousands of times, and a GPU answers hundreds of requests in the time of one. The weights are those of the embedded models,
dequantised to bfloat16. Needs torch, transformers and gguf; used for docs/results.md, no part of the product.

    python gpu_host.py WEIGHTS.gguf [--port 8000] [--slots 256] [--context 4096] [--device cuda]

Prints its address once it answers. Loopback only.
"""

import argparse
import http.server
import json
import queue
import random
import threading

import torch
from gpu_qwen2 import Decoder, Transformer, Weights
from transformers import AutoTokenizer

# Prompts that are read in one step: attention over them takes memory by their number and the square of the longest.
PREFILL = 16 * 1024**2


class Request:
    """One chat completion in flight."""

    def __init__(self, body, tokenizer, context):
        messages = body["messages"]
        text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        self.prompt = tokenizer.encode(text, add_special_tokens=False)
        limit = body.get("max_tokens") or body.get("max_completion_tokens") or 512
        if len(self.prompt) >= context:
            raise ValueError(f"a prompt of {len(self.prompt)} tokens, the context holds {context}")
        self.limit = min(limit, context - len(self.prompt))
        self.temperature, self.top_p = body.get("temperature", 1.0), body.get("top_p", 1.0)
        stop = body.get("stop") or []
        self.stop = [stop] if isinstance(stop, str) else stop
        self.random = random.Random(body.get("seed", 0))
        self.answer, self.reason, self.text = [], None, ""
        self.done = threading.Event()

    @property
    def length(self):
        """Tokens so far."""
        return len(self.prompt) + len(self.answer)

    def take(self, token, vocabulary):
        """Add a token; says whether that was the last."""
        if token in vocabulary.ends:
            self.reason = "stop"
        else:
            self.answer.append(token)
            if any(token in vocabulary.closing(stop) for stop in self.stop):
                self.cut(vocabulary.text(self.answer))
            if self.reason is None and len(self.answer) >= self.limit:
                self.reason = "length"
        return self.reason is not None

    def cut(self, text):
        found = [at for at in map(text.find, self.stop) if at >= 0]
        if found:
            self.reason, self.text = "stop", text[: min(found)]


class Vocabulary:
    """What the tokens of an answer say."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.ends = {tokenizer.convert_tokens_to_ids(name) for name in ("<|im_end|>", "<|endoftext|>")}
        self.texts = tokenizer.batch_decode([[token] for token in range(len(tokenizer))])
        self.closers = {}

    def text(self, tokens):
        return self.tokenizer.decode(tokens, skip_special_tokens=True)

    def closing(self, stop):
        """Tokens that may bring the last sign of a stop text: after any other there is no need to look for it."""
        if stop not in self.closers:
            self.closers[stop] = {token for token, text in enumerate(self.texts) if stop[-1] in text}
        return self.closers[stop]


class Engine(threading.Thread):
    """
    Answers requests as they come: new ones join those that are being answered between two tokens. Those in flight hold the first
    slots, in the order of `active`.
    """

    def __init__(self, decoder, tokenizer):
        super().__init__(daemon=True)
        self.decoder, self.model, self.vocabulary = decoder, decoder.model, Vocabulary(tokenizer)
        self.device, self.slots = decoder.device, decoder.slots
        self.waiting, self.active = queue.Queue(), []

    def run(self):
        while True:
            joining = self.joining()
            if joining:
                self.join_in(joining)
            else:
                self.step()

    def joining(self):
        """Requests that there is room for; waits for one if none is in flight."""
        chosen = [] if self.active else [self.waiting.get()]
        while len(self.active) + len(chosen) < self.slots and not self.waiting.empty():
            longest = max(len(request.prompt) for request in [*chosen, self.waiting.queue[0]])
            if chosen and (len(chosen) + 1) * longest**2 > PREFILL:
                break
            chosen.append(self.waiting.get())
        return chosen

    def join_in(self, joining):
        """Read prompts, padded on the right: what a pad leaves in the cache is overwritten before it is looked at."""
        first, length = len(self.active), max(len(request.prompt) for request in joining)
        tokens = torch.tensor([request.prompt + [0] * (length - len(request.prompt)) for request in joining], device=self.device)
        positions = torch.arange(length, device=self.device).expand(len(joining), -1)
        last = torch.tensor([len(request.prompt) - 1 for request in joining], device=self.device)
        self.active.extend(joining)
        self.settle(first, self.model.logits((tokens, positions), first, length, last))

    def step(self):
        """One token more for each."""
        tokens = [request.answer[-1] for request in self.active]
        self.settle(0, self.decoder.logits(tokens, [request.length - 1 for request in self.active]))

    def settle(self, first, logits):
        """Give the requests from `first` on their next token; one that has its last leaves its slot to the last request."""
        chosen = self.active[first:]
        over = [
            first + at
            for at, (request, token) in enumerate(zip(chosen, self.draw(chosen, logits)))
            if request.take(token, self.vocabulary)
        ]
        for slot in reversed(over):
            request, heir = self.active[slot], self.active.pop()
            if heir is not request:
                self.active[slot] = heir
                self.model.move(len(self.active), slot, heir.length)
            request.text = request.text or self.vocabulary.text(request.answer)
            request.done.set()

    def draw(self, requests, logits):
        """The likeliest token at temperature 0; else one drawn by the request's own random numbers, within its top_p."""
        best = logits.argmax(-1)
        if all(request.temperature <= 0 for request in requests):
            return best.tolist()
        column = lambda values: torch.tensor(values, device=self.device)[:, None]
        shares = (logits / column([max(request.temperature, 1e-5) for request in requests])).softmax(-1)
        order = None
        if any(request.top_p < 1 for request in requests):
            shares, order = shares.sort(-1, descending=True)
            below = shares.cumsum(-1) - shares
            shares = shares.masked_fill(below >= column([request.top_p for request in requests]), 0)
        total = shares.cumsum(-1)
        wanted = column([request.random.random() for request in requests]) * total[:, -1:]
        drawn = (total <= wanted).sum(-1, keepdim=True).clamp(max=total.shape[-1] - 1)
        drawn = drawn[:, 0] if order is None else order.gather(-1, drawn)[:, 0]
        return torch.where(column([request.temperature <= 0 for request in requests])[:, 0], best, drawn).tolist()


def handler(engine, tokenizer, name, context):
    """The HTTP side: `POST /v1/chat/completions`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            try:
                request = Request(body, tokenizer, context)
            except ValueError as error:
                return self.say(400, {"error": {"message": str(error), "code": "context_length_exceeded"}})
            engine.waiting.put(request)
            request.done.wait()
            usage = {"prompt_tokens": len(request.prompt), "completion_tokens": len(request.answer)}
            message = {"role": "assistant", "content": request.text}
            choice = {"index": 0, "message": message, "finish_reason": request.reason}
            self.say(200, {"object": "chat.completion", "model": name, "choices": [choice], "usage": usage})

        def say(self, status, answer):
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    return Handler


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    for name, default in (("port", 8000), ("slots", 256), ("context", 4096)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--device", default="cuda")
    options = parser.parse_args()
    device, dtype = options.device, torch.bfloat16 if options.device == "cuda" else torch.float32
    folder, _, file = options.weights.rpartition("/")
    tokenizer = AutoTokenizer.from_pretrained(folder or ".", gguf_file=file)
    weights = Weights(options.weights, device, dtype)
    model = Transformer(weights, options.slots, options.context, device, dtype)
    engine = Engine(Decoder(model, options.slots, options.context, device), tokenizer)
    engine.start()
    server = Server(("127.0.0.1", options.port), handler(engine, tokenizer, "qwen2.5-coder", options.context))
    print(f"http://127.0.0.1:{server.server_address[1]}/v1", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
