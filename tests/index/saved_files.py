"""Files of office programs, saved by the libraries that write them, and what is read of them."""

from io import BytesIO


def saved(file):
    """The bytes of a file that a library made."""
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def text_of(corpus, name, file):
    """The text of the only document of a corpus, which is that file."""
    corpus.write_raw(name, saved(file))
    (document,) = corpus.load().documents
    return document.text
