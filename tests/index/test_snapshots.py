"""What the settings name for snapshots is made only when it is needed."""

from pathlib import Path

import index


def test_no_name_that_the_package_offers_is_that_of_one_of_its_modules():
    """Once such a module is imported it would take the place of what is meant."""
    folder = Path(index.__file__).parent
    modules = {path.stem for path in folder.iterdir()}

    assert "publishing" in modules
    assert not modules & index._HOMES.keys()
