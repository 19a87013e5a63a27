"""Canned questions and answers: load, run, report."""
