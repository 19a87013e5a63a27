"""Versions of the program are told apart by their files and by what they are installed with."""

from index import program


def test_the_digest_is_of_files_and_versions_and_stays_the_same():
    names = {file.name for file in program._files_below(program.files("index"))}

    assert {"facts.py", "chunking.py", "glossary.py", "markdown.py"} < names
    assert not any(name.endswith((".safetensors", ".pyc")) for name in names)
    assert {"opencc", "rjieba"} < program._needed()
    program.program_digest.cache_clear()
    assert program.program_digest() == program.program_digest()
