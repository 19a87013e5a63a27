"""How fast and how large the program is on the machine that it runs on, measured."""
