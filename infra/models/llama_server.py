"""Serves one GGUF file with llama.cpp's own HTTP server on a free loopback port, for as long as stdin stays open.

Arguments: weights, slots, context tokens of each slot, threads. Prints one JSON line {"url", "key"} once it answers.
"""

import json
import os
import secrets
import sys
import urllib.request

import xllamacpp

weights, slots, context, threads = sys.argv[1], *map(int, sys.argv[2:5])

params = xllamacpp.CommonParams()
params.model.path = weights
params.n_parallel = slots
params.n_ctx = slots * context
params.cpuparams.n_threads = threads
params.cpuparams_batch.n_threads = threads
# The memory is what was asked for: nothing is fitted to the machine, so that the same run gives the same context.
params.fit_params = False
params.cache_ram_mib = 0
params.ui = False
params.endpoint_slots = False
# Loopback is open to everybody on the machine.
key = secrets.token_hex(16)
params.api_keys = [key]

server = xllamacpp.Server(params)
url = server.listening_address
with urllib.request.urlopen(f"{url}/health", timeout=60) as answer:
    answer.read()
print(json.dumps({"url": url, "key": key}), flush=True)

sys.stdin.buffer.read()
# No tidy shutdown: requests in flight have nobody left to answer to.
os._exit(0)
