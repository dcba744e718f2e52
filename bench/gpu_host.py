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
import time

import torch
from gpu_qwen2 import Transformer, Weights
from transformers import AutoTokenizer

# Prompts that are read in one step.
PREFILL = 16


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

    def take(self, token, tokenizer, ends):
        """Add a token; says whether that was the last."""
        if token in ends:
            self.reason = "stop"
        else:
            self.answer.append(token)
            if self.stop:
                self.cut(tokenizer.decode(self.answer, skip_special_tokens=True))
            if self.reason is None and len(self.answer) >= self.limit:
                self.reason = "length"
        return self.reason is not None

    def cut(self, text):
        found = [at for at in map(text.find, self.stop) if at >= 0]
        if found:
            self.reason, self.text = "stop", text[: min(found)]


class Engine(threading.Thread):
    """Answers requests as they come: new ones join those that are being answered between two tokens."""

    def __init__(self, model, tokenizer, slots, device):
        super().__init__(daemon=True)
        self.model, self.tokenizer, self.device = model, tokenizer, device
        self.waiting, self.active, self.free = queue.Queue(), {}, list(range(slots))[::-1]
        self.ends = {tokenizer.convert_tokens_to_ids(name) for name in ("<|im_end|>", "<|endoftext|>")}
        self.tokens, self.since = 0, time.monotonic()

    def run(self):
        while True:
            joining = [] if self.active else [self.waiting.get()]
            while len(joining) < min(PREFILL, len(self.free)) and not self.waiting.empty():
                joining.append(self.waiting.get())
            if joining:
                self.join_in(joining)
            else:
                self.step()

    def join_in(self, joining):
        """Read prompts, padded on the right: what a pad leaves in the cache is overwritten before it is looked at."""
        slots = [self.free.pop() for _ in joining]
        length = max(len(request.prompt) for request in joining)
        tokens = torch.tensor([request.prompt + [0] * (length - len(request.prompt)) for request in joining], device=self.device)
        positions = torch.arange(length, device=self.device).expand(len(joining), -1)
        last = torch.tensor([len(request.prompt) - 1 for request in joining], device=self.device)
        self.active.update(zip(slots, joining))
        self.settle(slots, self.model.logits(tokens, positions, torch.tensor(slots, device=self.device), last))

    def step(self):
        """One token more for each."""
        slots = list(self.active)
        tokens = torch.tensor([[self.active[slot].answer[-1]] for slot in slots], device=self.device)
        at = [[len(self.active[slot].prompt) + len(self.active[slot].answer) - 1] for slot in slots]
        positions = torch.tensor(at, device=self.device)
        last = torch.zeros(len(slots), dtype=torch.long, device=self.device)
        self.settle(slots, self.model.logits(tokens, positions, torch.tensor(slots, device=self.device), last))

    def settle(self, slots, logits):
        for slot, token in zip(slots, self.draw([self.active[slot] for slot in slots], logits)):
            request = self.active[slot]
            self.tokens += 1
            if request.take(token, self.tokenizer, self.ends):
                request.text = request.text or self.tokenizer.decode(request.answer, skip_special_tokens=True)
                del self.active[slot]
                self.free.append(slot)
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
    engine = Engine(Transformer(weights, options.slots, options.context, device, dtype), tokenizer, options.slots, device)
    engine.start()
    server = Server(("127.0.0.1", options.port), handler(engine, tokenizer, "qwen2.5-coder", options.context))
    print(f"http://127.0.0.1:{server.server_address[1]}/v1", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
