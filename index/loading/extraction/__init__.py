"""Reads files that are not plain text: office files, PDF, web pages, mails, books.

`extractor.py` hands a file to a process of its own (`worker.py`), which reads it with one module
per family of formats (`formats.py`) and hands back text with the marks that `index.structure`
knows: `## ` before a heading, `- ` before an item, `| ` before a table's row.
"""
