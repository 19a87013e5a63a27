"""An encoder around another one encodes as that one does."""

import numpy as np

from bot.bench.wrapped import WrappedEncoder
from index.testing import HashingEncoder


def test_it_encodes_as_the_one_within():
    within = HashingEncoder()
    wrapped = WrappedEncoder(within)
    texts = ["The tea fair has 300 booths.", "茶博会有300个展位。"]

    assert (wrapped.name, wrapped.dimension) == (within.name, within.dimension)
    assert wrapped.max_tokens == within.max_tokens
    assert wrapped.count_tokens(texts[0]) == within.count_tokens(texts[0])
    assert np.array_equal(wrapped.encode_queries(texts), within.encode_queries(texts))
    assert np.array_equal(wrapped.encode_passages(texts), within.encode_passages(texts))
