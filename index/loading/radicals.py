"""Signs that look like Chinese characters and are none: programs that write PDFs leave them.

Where a font draws a character and a radical with one shape, the file may name the radical: it
reads alike, and is found by no search.
"""

import unicodedata

from index.language import to_simplified

_KANGXI = range(0x2F00, 0x2FD6)
# The radicals supplement. Source: Unicode 14, EquivalentUnifiedIdeograph.txt
_SUPPLEMENT = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩"
        "⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑"
        "⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王"
        "𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長"
        "镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_DOOR = "\u2f3e"
"""The only one that fonts for simplified characters draw as another than Unicode names."""
_CHARACTERS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI} | _SUPPLEMENT
)


def with_characters(text: str) -> str:
    """The text, as long as before, with characters in place of radicals."""
    is_simplified = _DOOR in text and to_simplified(text) == text
    return text.replace(_DOOR, "户" if is_simplified else "戶").translate(_CHARACTERS)
