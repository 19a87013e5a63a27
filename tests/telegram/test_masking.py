"""Personal data in every way people type them; amounts, codes and dates that stay."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.masking import masked

PERSONAL = """
手机13800138000
电话138-0013-8000
手机+86 138 0013 8000。
手机 138.0013.8000
手机１３８００１３８０００
１３８－００１３－８０００
138\u00a00013\u00a08000
138\u200b0013\u200b8000
1 3 8 0 0 1 3 8 0 0 0
(+86)13800138000
0086-13800138000
86 13800138000
+8613800138000
138_0013_8000
138·0013·8000
138/0013/8000
١٣٨٠٠١٣٨٠٠٠
电话一三八零零一三八零零零
幺三八零零幺三八零零零
联系13800138000或微信同号
19912345678
座机010-88881234
座机0755-8888 1234
(021) 6888 1234
０１０－８８８８１２３４
010.8888.1234
0592 2123456 转 801
Tel. +49 30 1234 5678
+971501234567
+7 (495) 123-45-67
0049 30 901820
＋１ ４１５ ５５５ ２６７１
call me at 415-555-2671
tel: 030 12345678
WhatsApp +84 91 234 56 78
身份证11010519900307123X
ID 110105199003071234.
110105 19900307 1234
１１０１０５１９９００３０７１２３Ｘ
110105\u200b19900307\u200b1234
110105900307123
护照号 E12345678
护照：EA1234567
passport no. G12345678
паспорт 4510 123456
港澳通行证 C12345678
HKID A123456(7)
统一社会信用代码91350100M000100Y43
91350100M000100Y43
信用代码 9135 0100 M000 100Y 43
卡号6222 0212 3456 7890 123
card 4111-1111-1111-1111
card 6222021234567890
4111.1111.1111.1111
amex 3782 822463 10005
IBAN DE89 3704 0044 0532 0130 00
GB29NWBK60161331926819
账号 1234 5678 9012
write to li.wang+x@mail.example.com.cn!
邮箱ｌｉ＠ｍａｉｌ．ｅｘａｍｐｌｅ
li＠mail.example
li.wang at example.com
liwang at example dot com
li (at) mail (dot) example
li @ mail.example
李四@公司.中国
微信号：liwang_88
微信 liwang88
加我微信wxid_abc123
wechat: liwang
my wechat is liwang
vx：abc12345
QQ 12345678
QQ号是123456789
我的QQ12345678
whatsapp: liwang99
telegram @wang_trade
tg: wang_trade
t.me/wang_trade
line id: wang2020
skype: li.wang_2
8-916-123-45-67
8 (495) 123-45-67
8 800 555-35-35
звоните 89161234567
4008 123 456
v信 liwang88
V 信：liwang88
Q Q：123456789
skype: live:liwang
6222 0212 3456 7890 123
给 https://example.com/1 的人打 13800138000
https://example.com，13800138000
wa.me/8613800138000
https://wa.me/8613800138000
call 13800138000 Mark
13800138000 in Hong Kong
联系人张三13800138000位于深圳
""".strip().splitlines()

NOBODYS = """
合同金额15000000000 元
15000000000元
年产值 13800138000 美元
USD 13800138000
¥15900000000
HS 8517130000
编码 8517130000 和 8471300000
HS codes 85171300, 84713000
2025年10月15日至11月4日，共7.46万个展位
HS 8517.62 and 监管代码9810
USD 1,200,000 to 3,500,000.50
2025-10-15 to 2025-11-04
2025.10.15-2025.11.04
2025/10/15
the fairs of 2023 2024 2025
the years 2020 2021 2022 2023
between 2023-2025 and 1 000 000 yuan
13 800 138 000 rubles
13.800.138.000 euros
13,800,138,000
第138届广交会 310000人
a@b is no address
国发〔2025〕12号
商务部公告2024年第51号
财税〔2016〕36号文
国家税务总局公告2023年第43号
18000000000 人次
16000000000 people
1.3800138000
微信支付和支付宝可以用吗
WeChat Pay in Malaysia
Is WeChat is used in Russia?
WhatsApp Business for exporters
QQ邮箱收不到通知
Telegram channels about trade
护照要提前6个月办吗
a passport valid for 6 months
Form E 2025 and RCEP 2022
ISO 9001:2015 and IEC 62133-2:2017
EN 71-3:2019+A1:2021
GB 4943.1-2022
look at example.com
we met at Alibaba.com
regulation (EU) 2023/1115
12345 热线
增值税13%，退税9%
订单号 13912345678
order no. 13912345678
20251015-20251104
10:30-18:00 on 2025-10-15
报税 300 000 000
税率 0.13, 0.09
100000000000 kWh
the 137th and 138th Canton Fair
USD 150-200 million
200-300-400
X1-2025-001
微信有 1300000000 用户
WhatsApp 2000000000 users
e-commerce at Alibaba.com
B2B at Alibaba.com
the rate @ 7.12
2020-2021-2022
call 12345
第15号公告
9610 9710 9810 1210 有什么区别
最高可贷13000000000
合计13800138000
共计 13800138000
总额为13800138000
预算 13800138000
注册资本13800138000
资产：13800138000
http://www.cantonfair.org.cn/zh-CN/posts/13800138000
see www.example.com/a/13800138000.html
8 300 150 20 10 kWh
89161234567 рублей
HS 8517 620 000
13800138000 бат
13800138000 lei
13800138000 dirhams
13800138000 рублей
13800138000 долларов США
13800138000ドル
13800138000円
13800138000원
13800138000 đồng
13800138000 درهم
13800138000 metres
13800138000 square metres
13800138000 bytes
13800138000 байт
13800138000韩元
13800138000日圆
13800138000港币
13800138000泰铢
13800138000越南盾
13800138000 HKD
13800138000 INR
13800138000 pesos
KZT 13800138000
₩13800138000
HK$ 13800138000
13800138000 ₽
""".strip().splitlines()


@pytest.mark.parametrize("text", PERSONAL)
def test_what_belongs_to_somebody_is_masked(text):
    stored = masked(text)

    assert stored != text
    assert "[" in stored
    assert sum(character.isdigit() for character in stored) <= 4
    assert not any(name in stored.lower() for name in ("liwang", "li.wang", "wang_trade", "wxid"))


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_nobodys_stays_as_it_is(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("ﬁrst １３８００１３８０００，你好", "ﬁrst [phone]，你好"),
        ("㎏ 138\u200b00138000 é", "㎏ [phone] é"),
        ("邮箱li＠mail.example，电话010-88881234", "邮箱[e-mail]，电话[phone]"),
        ("账户 13800138000 2025-10-15", "账户 [phone] 2025-10-15"),
        ("护照号 E12345678，微信号：liwang_88。", "护照号 [ID]，微信号：[user]。"),
    ],
)
def test_all_else_stays_as_it_was_typed(text, stored):
    assert masked(text) == stored


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_masked(text):
    masked(text)


@pytest.mark.parametrize(
    "text", ["1 " * 5000, "a." * 5000 + "@", "+" * 5000, "微信" * 3000, "A1 " * 4000]
)
def test_long_rows_are_masked_in_time(text):
    began = time.process_time()
    masked(text)
    assert time.process_time() - began < 2
