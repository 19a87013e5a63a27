"""Recognises what asks nothing of the documents: greetings, thanks, and what must be declined."""

import re
from dataclasses import dataclass
from functools import cache

from bot.answers.values import AnswerStatus
from bot.texts import phrases

_KINDS = ("greeting", "how_are_you", "thanks", "goodbye", "who")
_NOISE = re.compile(r"[\W_]+")
_CLAUSE = re.compile(r"[,.!?;，。！？；、~～\n]+")
_FILLER = re.compile(r"(?<=.)(?:today|everyone|friend|呀|啊|哦|哈|哟|咯|了)+$")
_ABUSE = re.compile(
    r"傻[逼屄子]|白痴|智障|笨蛋|垃圾机器人|破机器人|废物|滚(?:蛋|开|$|吧|。)|去死|他妈|"
    r"\b(?:stupid|idiot|useless|dumb)\s+(?:bot|robot|machine|thing)\b|"
    r"\bfuck|\bshit\b|\bscrew you\b|"
    r"тупой бот|идиот",
    re.IGNORECASE,
)
_INSTRUCTIONS = re.compile(
    r"ignore (?:all |any )?(?:the |your )?"
    r"(?:previous|prior|above|earlier) (?:instruction|prompt|rule)|"
    r"(?:system|hidden) prompt|reveal (?:your )?(?:instructions|rules|prompt)|"
    r"you are now (?:a|an|in)\b|"
    r"(?:忽略|无视|忘记|忘掉).{0,8}(?:指令|规则|设定|提示)|系统提示词|复述.{0,6}(?:规则|指令|提示)|"
    r"没有限制的(?:助手|机器人|ai)|开发者模式|管理员密码|越狱模式|"
    r"игнорируй .{0,20}инструкц|以前の指示を無視|이전 지시",
    re.IGNORECASE,
)
_UNLAWFUL = re.compile(
    r"(?:不被|不让|躲过|避开|逃避|绕过|瞒着|瞒过|骗过).{0,10}(?:发现|外汇局|海关|税务|监管|管制|查|检查|关税|制裁)|"
    r"(?:逃税|偷税|骗税|洗钱|走私|行贿|地下钱庄|虚开发票|假发票|伪造|造假|冒充原产地)|"
    r"换个?.{0,6}(?:产地|原产地)标?|贴.{0,8}产地标|假的?原产地|"
    r"without (?:being caught|customs (?:noticing|knowing)|anyone noticing|declaring)|"
    r"\b(?:evade|dodge|avoid paying) (?:tax|duty|duties|customs|sanctions|tariffs?)|\bsmuggl|"
    r"\b(?:fake|forge|forged|false) (?:certificate|invoice|origin|label|document)|launder|\bbribe|"
    r"\bslip (?:the |a )?(?:customs |tax )?(?:officer|official|inspector)|"
    r"(?:hide|conceal) .{0,30}(?:from|the) (?:customs|tax|safe|authorities|origin)",
    re.IGNORECASE,
)
_KEEPS_THE_LAW = re.compile(
    r"防范|防止|避免触犯|反洗钱|反商业贿赂|合规|遵守|规定|要求|处罚|识别|"
    r"\b(?:rules?|cover|comply|compliance|prevent|detect|penalt(?:y|ies)|anti-|risks? of|"
    r"avoid being)",
    re.IGNORECASE,
)
"""Asks how to keep the law, not how to break it."""
_PERSONAL = re.compile(
    r"(?<!\d)\d{17}[\dXx](?!\d)|身份证号|"
    r"(?:list|names?|e-?mails?|phone numbers?|contacts?).{0,30}"
    r"(?:of|for) (?:all |every |the )?(?:buyers?|customers?|people|attendees|participants)|"
    r"(?:采购商|买家|客户|参会者|参展商).{0,10}(?:名单|电话|邮箱|手机|联系方式|微信)|"
    r"(?:手机号|私人电话|家庭住址|微信号)",
    re.IGNORECASE,
)
_OUT_OF_SCOPE = re.compile(
    r"\bwrite\b.{0,30}\b(?:python|javascript|script|program|code|poem|essay|song)\b|"
    r"写(?:一|个|首|段|篇).{0,10}(?:代码|脚本|程序|诗|小说|作文|歌)|讲个?笑话|tell me a joke|"
    r"insult|骂(?:一下|他|对方|死)|"
    r"(?:订|买|抢).{0,16}(?:机票|门票|酒店|火车票|两张票)|"
    r"click (?:here )?https?://|加微信|加v信|代开发票",
    re.IGNORECASE,
)
_POLITICS = re.compile(
    r"who is (?:right|to blame|guilty) in the|\bwhom? (?:would|will|did|do) you support|"
    r"\bvote for\b|who (?:will|should) win the (?:election|war)|"
    r"(?:战争|冲突|打仗).{0,10}(?:谁的错|谁对|怪谁|支持谁|谁赢)|(?:支持|投票给)(?:哪个党|哪一方|谁)|"
    r"кто виноват в|голосовал|за кого ты|кто победит (?:в войне|на выборах)|"
    r"誰に投票|どちらの国が悪い|누구에게 투표|لمن (?:ستصوت|تصوت)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A ready answer: its status and the key of its text."""

    status: AnswerStatus
    key: str


def ready_reply(question: str) -> Reply | None:
    """The fitting reply to what is no question for the documents; None if it is one."""
    kind = _small_talk(question)
    if kind:
        return Reply(AnswerStatus.SMALL_TALK, f"small_talk_{kind}")
    for pattern, key in (
        (_INSTRUCTIONS, "instructions"),
        (_UNLAWFUL, "unlawful"),
        (_PERSONAL, "personal"),
        (_OUT_OF_SCOPE, "scope"),
        (_POLITICS, "scope"),
    ):
        if pattern.search(question) and not (
            key == "unlawful" and _KEEPS_THE_LAW.search(question)
        ):
            return Reply(AnswerStatus.DECLINED, f"declined_{key}")
    if _ABUSE.search(question):
        return Reply(AnswerStatus.SMALL_TALK, "small_talk_abuse")
    return None


def is_courtesy(clause: str) -> bool:
    """Whether a clause begins as greetings and thanks do."""
    said = clause.strip().casefold()
    return any(
        said.startswith(phrase) and not said[len(phrase) :][:1].isalpha() or (said.startswith(phrase) and not phrase.isascii())
        for kind in ("greeting", "thanks", "goodbye")
        for listed in phrases(kind).values()
        for phrase in listed
    )


def _small_talk(question: str) -> str | None:
    """The kind of the last phrase, if the message consists of such phrases only."""
    kinds = [
        _phrases().get(_plain(clause)) for clause in _CLAUSE.split(question) if _plain(clause)
    ]
    whole = _phrases().get(_plain(question))
    return whole or (kinds[-1] if kinds and all(kinds) else None)


def _plain(clause: str) -> str:
    return _FILLER.sub("", _NOISE.sub("", clause).casefold())


@cache
def _phrases() -> dict[str, str]:
    return {
        _plain(phrase): kind
        for kind in _KINDS
        for listed in phrases(kind).values()
        for phrase in listed
    }
