"""What no document can tell: the weather, a letter, a rate of this moment, a ticket."""

FOR_WEATHER = """
明天雅加达天气怎么样
广州这周末会不会下雨
去河内要带厚衣服吗，现在几度
下周上海冷不冷
請問曼谷後天會下雨嗎
台北今天幾度
What's the weather like in Jakarta tomorrow?
will it rain in Guangzhou during the fair this week
how hot is Dubai right now
Какая завтра погода в Москве?
Будет ли дождь в Шанхае на выходных?
Thời tiết Hà Nội ngày mai thế nào?
¿Va a llover mañana en Cantón?
¿Qué temperatura hace hoy en Yakarta?
كيف سيكون الطقس في دبي غدا؟
吉隆坡这几天有雨吗
后天深圳多少度
参展那几天广州热吗
Is it going to snow in Almaty this weekend?
weather in Lagos please
¿Hará calor en Bangkok la semana que viene?
Сколько градусов в Ташкенте?
Hôm nay Jakarta có nắng không?
""".strip().split("\n")
FOR_WRITING = """
帮我写一封邀请函
把这段话翻译成英文
给越南客户写封催款邮件
麻烦拟一份采购合同
能帮我起草一份合作协议吗
帮我把公司介绍润色一下
做一份出海的PPT给我
請幫我寫一封開發信
幫我翻譯這份文件成泰文
Write me a letter to my supplier in Vietnam
Could you translate this text into Chinese?
please draft a distribution contract for us
make me a business plan for Indonesia
Напиши письмо партнёру
Переведи этот текст на китайский
Viết giúp tôi một bức thư mời
Dịch đoạn này sang tiếng Trung
Escríbeme un contrato de compraventa
Traduce este texto al inglés
اكتب لي رسالة إلى المورد
ترجم هذا النص إلى الصينية
帮忙写个产品说明
请把下面的合同译成越南语
可以帮我写会议纪要吗
幫我擬一份報價單
Compose a polite reminder to our buyer
Please proofread my email
Переведи письмо на английский
اكتب رسالة اعتذار للعميل
""".strip().split("\n")
FOR_RATES = """
今天美元兑人民币汇率是多少
100美元能换多少人民币
现在铜价多少一吨
今天的金价
比特币现在多少钱
今天人民幣兌港幣多少
What is the dollar to yuan rate today?
how much is 500 euros in RMB
current price of crude oil
Какой сегодня курс юаня к рублю?
Tỷ giá nhân dân tệ hôm nay bao nhiêu?
¿A cuánto está el dólar hoy?
كم سعر صرف الدولار مقابل اليوان اليوم؟
卢布现在兑人民币是多少
1000越南盾是多少钱人民币
今天大豆期货价格
EUR/USD right now?
what's the yen worth today
Giá cà phê hôm nay bao nhiêu?
¿Cuánto vale hoy un euro en yuanes?
كم يساوي الدولار اليوم؟
""".strip().split("\n")
FOR_BOOKING = """
帮我订一张去雅加达的机票
给我在广州预订一间酒店
可以替我买广交会的门票吗
請幫我訂一張高鐵票
book me a hotel in Guangzhou
Can you get me a flight to Hanoi next Monday?
please reserve two seats on the train to Shanghai
Забронируй мне отель в Гуанчжоу
Đặt giúp tôi vé máy bay đi Quảng Châu
Resérvame un hotel en Shanghái
احجز لي تذكرة طيران إلى كانتون
帮我约一下签证面谈
替我们公司报名参加进博会
帮忙租一辆车去展馆
幫我訂廣州的酒店
Order a taxi to the exhibition hall
could you sign us up for the forum
Купи мне билет на выставку
Đặt phòng khách sạn ở Thâm Quyến giúp tôi
""".strip().split("\n")
ABOUT_CONTENTS = """
哪些国家要求邀请函
办邀请函要多久
合同纠纷怎么办
原产地证怎么写
出口合同要用英文写吗
说明书要翻译成哪几种语言
天气不好船期延误谁赔
台风把货打湿了保险赔不赔
怎么锁定汇率
2025年人民币对美元中间价升了多少
铜出口要许可证吗
广交会门票多少钱
怎么报名参加进博会
展位怎么预订
签证要预约吗
合同糾紛怎麼辦
weather insurance
Does insurance cover damage by a storm in Jakarta?
Which countries require an invitation letter?
Who issues letters of invitation for the fair?
Must the contract be in Chinese?
Do labels have to be translated for Indonesia?
How do I hedge against the dollar?
How did the yuan move against the dollar in 2025?
What does a ticket for the CIIE cost?
How do I register for the Canton Fair?
Какие страны требуют приглашение?
Страхование груза от непогоды
Nước nào yêu cầu thư mời?
Hợp đồng có phải dịch sang tiếng Việt không?
¿Qué países exigen una carta de invitación?
¿Cómo reservo un estand en la Feria de Cantón?
أي الدول تطلب خطاب دعوة؟
هل يجب ترجمة العقد إلى العربية؟
""".strip().split("\n")
"""Near misses: they ask something of the documents."""
