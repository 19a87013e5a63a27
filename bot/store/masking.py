"""Takes personal data out of a text before it is stored.

Numbers are found in whatever way they are typed, and told from amounts and codes by check digits,
the numbering plans of all countries (phonenumbers), and the words beside them.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

import phonenumbers
from stdnum import iban, luhn
from stdnum.cn import uscc

from bot.store.amounts import is_counted, is_priced
from bot.store.folding import folded

_GAP = r"[ .()/\-_·•]{0,3}"
"""What people type between the digits of one number."""
_NO_DIGIT_BEFORE = r"(?<!\d)(?<!\d[.,])"
_UNIT = re.compile(
    r"\s?[多余]?\s?(?:[万亿千百元户圆块人家个件台吨次股份笔项票箱只辆米度瓦盾%]|用户|公斤|平方|立方"
    r"|公里|(?:yuan|rmb|usd|eur|us\$|people|persons|units?|pieces|pcs|kg|kwh|sqm|firms|users"
    r"|customers|downloads|companies|million|billion)\b|руб)",
    re.IGNORECASE,
)
"""After a number: it counts something, or stands for a currency in a way of its own."""
_AMOUNT_OR_CODE = re.compile(
    r"(?:\b(?:usd|rmb|cny|eur|hs)(?: codes?)?|编码|编号|[订运]单号|合同号|文号"
    r"|额|产值|市值|收入|利润|成本|资本|资产|[总合共]计|[预决]算"
    r"|\b(?:order|invoice|contract)(?: no\.?| number)?)\s?[:是为]?\s?$",
    re.IGNORECASE,
)
"""Before a number: it is an amount or the number of a paper."""
_URL = re.compile(r"(?:https?://|\bwww\.)[!-+\--:<-~]+", re.IGNORECASE)
"""Its digits are those of a page."""
_ROUND = re.compile(r"0{7,}$")
_THOUSANDS = re.compile(r"\d{1,3}(?:([ .])\d{3})(?:\1\d{3})+")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D*)+")

_AT = r"(?: ?@ ?| ?[(\[{] ?at ?[)\]}] ?|艾特)"
_DOT = r"(?: ?\. ?| ?[(\[{] ?dot ?[)\]}] ?| dot |点)"
_EMAIL = re.compile(
    rf"(?:(?<![A-Za-z0-9_.+%-])[A-Za-z0-9_.+%-]{{1,64}}|[^\W\d_A-Za-z]{{1,20}}){_AT}"
    rf"(?:(?:[A-Za-z0-9-]{{1,63}}{_DOT}){{1,4}}[A-Za-z]{{2,20}}"
    rf"|(?:[\w-]{{1,63}}\.){{1,4}}[^\W\d_]{{2,20}})",
    re.IGNORECASE,
)
_SPOKEN_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9]{1,32}[._][A-Za-z0-9._]{0,32} at "
    r"(?:[A-Za-z0-9-]{1,63}(?:\.| dot )){1,4}[A-Za-z]{2,20}"
    r"|(?<![\w.+-])[A-Za-z0-9._+-]{1,64} at (?:[A-Za-z0-9-]{1,63} dot ){1,4}[A-Za-z]{2,20}",
    re.IGNORECASE,
)
_USER = re.compile(r"(?<![\w/])@[A-Za-z]\w{4,31}|\b(?:t\.me|wa\.me|line\.me/ti/p)/[\w~+-]{4,}")
_MESSENGER = (
    r"(?:微信|薇信|微 ?信|(?<![a-z])v ?信|weixin|we ?chat|(?<![a-z])[wv]x|(?<![a-z])q ?q|扣扣"
    r"|企鹅号|whats ?app|telegram|电报|(?<![a-z])tg|(?<![a-z])line(?= ?id| ?号)|skype|钉钉|viber)"
)
_NAME = r"(?:live:)?[A-Za-z](?:[\w-]|\.(?=\w)){4,31}"
_HANDLE = rf"(?P<handle>{_NAME}|\d{{5,12}})(?![\w@])"
_WITH_DIGIT = rf"(?P<handle>(?=[\w.-]*[\d_]){_NAME}|\d{{5,12}})(?![\w@])"
_ACCOUNTS = (
    re.compile(
        rf"{_MESSENGER} ?(?:号码?|账号|帐号|id|number|no\.?)? ?"
        rf"(?:[:=]|号码?是?|账号是?|帐号是?|id(?: is)?) ?{_HANDLE}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:my|我的|我) ?{_MESSENGER} ?(?:is|是|号是)? ?{_HANDLE}", re.IGNORECASE),
    re.compile(rf"{_MESSENGER}[ 是加为]{{0,3}}{_WITH_DIGIT}", re.IGNORECASE),
)
_PAPER = re.compile(
    r"(?:护照|passport|паспорт|通行证|台胞证|回乡证|身份[证證]|证件|居留证"
    r"|\bid (?:card|number|no)\b)"
    r"[^\w]{0,3}(?:号码?|number|no\.?|№)?[^\w]{0,3}(?:是|为|is)?[^\w]{0,3}"
    r"(?P<handle>[A-Z]{0,2} ?\d{2,4} ?\d{4,7}(?:\(?[\dA]\)?)?)(?!\w)",
    re.IGNORECASE,
)
_HONG_KONG_ID = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{6}\([\dA]\)")
_ID = re.compile(
    rf"{_NO_DIGIT_BEFORE}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![\dA-Za-z])"
    r"|(?<!\d)\d{17}[\dXx](?!\d)"
)
_OLD_ID = re.compile(rf"{_NO_DIGIT_BEFORE}[1-9](?:{_GAP}\d){{14}}(?!{_GAP}\d)")
_CREDIT_CODE = re.compile(
    r"(?<![A-Za-z0-9])[0-9A-HJ-NP-RTUW-Y](?:[ -]?[0-9A-HJ-NP-RTUW-Y]){17}(?![A-Za-z0-9])", re.I
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Za-z0-9])", re.I)
_CARD = re.compile(rf"{_NO_DIGIT_BEFORE}\d(?:{_GAP}\d){{13,18}}(?!\d)")
_CARD_GROUPS = re.compile(r"[3-6]\d{3}(?:([ -])\d{4})(?:\1\d{4}){2}\1\d{3}")
"""As the 19 digits of a bank card are printed."""
_CARD_NAMED = re.compile(r"(?:卡|card)(?:号码?| ?number| ?no\.?)?[ :是]{0,3}$", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:账号|帐号|账户|帐户|开户行|\baccount (?:no\.?|number)|\ba/c)[^\w]{0,3}(?:是|为|is)?"
    r"[^\w]{0,3}(?P<handle>\d(?:[ -]?\d){7,29})(?!\d)",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    rf"{_NO_DIGIT_BEFORE}(?:(?:\+|00)?{_GAP}86{_GAP})?1[ \-_·]?[3-9]"
    rf"(?:{_GAP}\d){{9}}(?!\d)(?![.,]\d)"
)
_RUSSIAN = re.compile(
    rf"{_NO_DIGIT_BEFORE}8[ -]?\(?[3-9]\d{{2}}\)?[ -]?\d{{3}}[ -]?\d{{2}}[ -]?\d{{2}}"
    r"(?!\d)(?![.,]\d)"
)
_SERVICE = re.compile(rf"{_NO_DIGIT_BEFORE}400\d([ -])\d{{3}}\1\d{{3}}(?![ -]?\d)")
"""Of firms in China, one of the ways to write it; the others look like all phones."""
_ABROAD = re.compile(rf"(?<![A-Za-z0-9])(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{6,13}}(?!\d)")
_LANDLINE = re.compile(
    rf"{_NO_DIGIT_BEFORE}\(?0\d{{2,3}}\)?[ .\-]{{0,3}}\d{{3,4}}[ .\-]?\d{{4}}(?!\d)"
    r"(?: ?(?:转|ext\.?) ?\d{1,6})?"
)
_GROUPS = re.compile(r"(?<!\d)(?<!\d-)\(?\d{2,4}\)?[-. ]\d{3,4}[-.]\d{4}(?!\d)(?!-\d)")
_CALLED = re.compile(
    r"(?:电话|手机|联系方式|传真|号码|\b(?:tel|phone|telephone|mobile|cell|fax|тел|телефон)\b"
    r"|\bcall(?: me(?: (?:on|at))?)?\b|هاتف|điện thoại|teléfono)"
    rf"[.:：是 号码]{{0,4}}(?P<handle>\+?\(?\d(?:{_GAP}\d){{6,14}})(?!\d)",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"[一幺壹][零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{10}(?![零〇一二三四五六七八九])"
)


def masked(text: str) -> str:
    """The text without numbers of papers, cards, accounts and phones, addresses, user names."""
    view = folded(text)
    pages = [match.span() for match in _URL.finditer(view.text)]
    taken: list[tuple[int, int, str]] = []
    for pattern, stand_in, accepts in _FINDERS:
        closed = pages if stand_in in _NOT_IN_PAGES else []
        for start, end in _spans(pattern, view.text):
            barred = (*closed, *(span[:2] for span in taken))
            overlaps = any(start < other_end and other < end for other, other_end in barred)
            if not overlaps and accepts(view.text, start, end):
                taken.append((start, end, stand_in))
    return view.replaced(text, taken)


def load_numbering_plans() -> None:
    """Load those of all countries, which are otherwise loaded one by one, and names; 0.5 s."""
    phonenumbers.PhoneMetadata.load_all()
    is_counted("1 x", 1)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    group = "handle" if "handle" in pattern.groupindex else 0
    position = 0
    while match := pattern.search(text, position):
        yield match.span(group)
        position = match.start() + 1 if group == 0 else match.end(group)


def _always(_text: str, _start: int, _end: int) -> bool:
    return True


def _counts_nothing(text: str, start: int, end: int) -> bool:
    """Whether a number is no amount, no code and no row of thousands."""
    number = text[start:end]
    return not (
        _UNIT.match(text, end)
        or is_counted(text, end)
        or is_priced(text, start)
        or _AMOUNT_OR_CODE.search(text, max(0, start - 20), start)
        or _ROUND.search(_digits(number))
        or _THOUSANDS.fullmatch(number)
    )


def _is_id(text: str, start: int, end: int) -> bool:
    """Whether 18 digits are those of a person: typed in one, or with a date of birth."""
    number = text[start:end]
    return number.isalnum() or _is_day(_digits(number)[6:14])


def _is_old_id(text: str, start: int, end: int) -> bool:
    digits = _digits(text[start:end])
    return _is_day("19" + digits[6:12]) and _counts_nothing(text, start, end)


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= 2099
    except ValueError:
        return False


def _is_credit_code(text: str, start: int, end: int) -> bool:
    named = re.search(r"信用代码|税号|uscc", text[max(0, start - 16) : start], re.IGNORECASE)
    return bool(named and re.search(r"\d", text[start:end])) or bool(
        uscc.is_valid(text[start:end])
    )


def _is_iban(text: str, start: int, end: int) -> bool:
    return bool(iban.is_valid(text[start:end]))


def _is_card(text: str, start: int, end: int) -> bool:
    number, digits = text[start:end], _digits(text[start:end])
    if _YEARS.fullmatch(number) or not _counts_nothing(text, start, end):
        return False
    if len(digits) < 16:
        return digits.startswith(("34", "37", "36", "38", "30")) and luhn.is_valid(digits)
    is_named = _CARD_NAMED.search(text, max(0, start - 12), start) or _CARD_GROUPS.fullmatch(
        number
    )
    return number.isdigit() or bool(is_named) or (digits[0] in "3456" and luhn.is_valid(digits))


def _is_phone_abroad(text: str, start: int, end: int) -> bool:
    number = re.sub(r"\D", "", text[start:end])
    has_plus = text[start] == "+"
    try:
        parsed = phonenumbers.parse("+" + (number if has_plus else number[2:]))
    except phonenumbers.NumberParseException:
        return False
    is_right = phonenumbers.is_possible_number if has_plus else phonenumbers.is_valid_number
    return is_right(parsed) and (has_plus or _counts_nothing(text, start, end))


def _is_russian(text: str, start: int, end: int) -> bool:
    try:
        parsed = phonenumbers.parse(text[start:end], "RU")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and _counts_nothing(text, start, end)


def _is_chinese_landline(text: str, start: int, end: int) -> bool:
    try:
        parsed = phonenumbers.parse(re.split("转|ext", text[start:end])[0], "CN")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed) and _counts_nothing(text, start, end)


def _is_grouped(text: str, start: int, end: int) -> bool:
    return not _YEARS.fullmatch(text[start:end]) and _counts_nothing(text, start, end)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


_FINDERS: tuple[tuple[re.Pattern[str], str, Callable[[str, int, int], bool]], ...] = (
    (_EMAIL, "[e-mail]", _always),
    (_SPOKEN_EMAIL, "[e-mail]", _always),
    (_ID, "[ID]", _is_id),
    (_CREDIT_CODE, "[ID]", _is_credit_code),
    (_IBAN, "[account]", _is_iban),
    (_PAPER, "[ID]", _counts_nothing),
    (_HONG_KONG_ID, "[ID]", _always),
    *((pattern, "[user]", _counts_nothing) for pattern in _ACCOUNTS),
    (_MOBILE, "[phone]", _counts_nothing),
    (_ABROAD, "[phone]", _is_phone_abroad),
    (_RUSSIAN, "[phone]", _is_russian),
    (_SERVICE, "[phone]", _counts_nothing),
    (_OLD_ID, "[ID]", _is_old_id),
    (_CARD, "[card]", _is_card),
    (_ACCOUNT, "[account]", _counts_nothing),
    (_LANDLINE, "[phone]", _is_chinese_landline),
    (_GROUPS, "[phone]", _is_grouped),
    (_CALLED, "[phone]", _counts_nothing),
    (_SPELLED, "[phone]", _always),
    (_USER, "[user]", _always),
)
"""What is looked for, what stands in its place, and what else must be true; in this order."""
_NOT_IN_PAGES = ("[phone]", "[card]", "[account]")
"""Not looked for in the addresses of pages, whose long numbers are dates and counters."""
