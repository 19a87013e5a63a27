"""While much is made, Python seldom looks for what refers to itself."""

import contextlib
import gc

from index.collecting import fewer_collections


def test_python_searches_as_before_when_it_is_over_even_if_that_fails():
    before = gc.get_threshold()

    within = []
    with contextlib.suppress(OSError), fewer_collections():
        within += [gc.isenabled(), gc.get_threshold()[0] > 100 * before[0]]
        raise OSError("disk full")

    assert within == [True, True]
    assert gc.get_threshold() == before
