"""How a run ended, from what was said of it and from how its processes ended."""

import os
import signal


def end_of_run(said: "str | None", status: "int | None", grader_status: "int | None", is_over_cpu: bool) -> str:
    """
    `said` is the closing message's word, `gone` if the grader lost its candidate; `status` that of the candidate's
    process, None if it had to be killed; `grader_status` that of the grader, None if there was none.
    """
    if said not in (None, "gone"):
        return said
    if said is None and grader_status is not None:
        # The grader died of what it was sent: by a limit of its own, since no other process reaches it.
        return "cpu-time" if os.WTERMSIG(grader_status) == signal.SIGXCPU else "signal"
    if status is None or os.WIFEXITED(status):
        return "exit"
    return "cpu-time" if is_over_cpu or os.WTERMSIG(status) == signal.SIGXCPU else "signal"


def exit_code(end: str, status: int) -> "int | None":
    """The exit code of a candidate's process that ended itself."""
    return os.WEXITSTATUS(status) if end == "exit" and os.WIFEXITED(status) else None
