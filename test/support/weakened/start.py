"""
The runner, made weak on purpose.

Usage: start.py WEAKNESS FOLDER UID
"""

import sys

sys.path.insert(0, "/runner")

import gradings
import limits
import main as runner
import walls

# Name in the corpus: what makes the runner so.
WEAKNESSES = {**gradings.WEAKNESSES, **walls.WEAKNESSES, **limits.WEAKNESSES}

if __name__ == "__main__":
    weakness, folder = sys.argv[1:3]
    sys.argv[1:3] = []
    WEAKNESSES[weakness](folder)
    runner.main()
