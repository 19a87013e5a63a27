"""The steps from a message to its answer, one a file; `answerer.py` has them in order."""
