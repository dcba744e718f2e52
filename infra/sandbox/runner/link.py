"""The words between the fork server and its supervisor."""

# To the fork server: the run's processes have read program and test; they are to be ended; the answer is out.
TAKEN, OVER, DONE = b"taken", b"over", b"done"
# From it, beside the end of a run's processes.
CANCEL = b"cancel"
