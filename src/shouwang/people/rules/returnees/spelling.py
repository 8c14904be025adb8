"""How a name is written and how it sounds: traditional forms, pinyin, the sounds that Hubei does not tell apart."""

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

from shouwang.kernel.text import clean_name

# Traditional forms that stand in names, each with its simplified one.
_SIMPLE = str.maketrans(
    "張陳劉楊趙黃吳孫馬蘇葉盧蔣賈鄒閻韓馮許鄧蕭譚陸賴鐘鍾羅顧龔錢湯嚴萬龍賀倪畢紀簡歐陽溫衛關駱儲齊聶鄭範"
    "偉國華強軍東傑麗紅豔艷萬勝義興寶實貴財發開連蓮蘭鳳鳥鵬飛鴻鶴燕玲瓏瑩榮詩語夢曉園圓遠業慶慧樂學勝賢質"
    "銘銳鑫錦鋒鋼鐵鎮長門問間聞維綱紅經緯細約純絲線級紹結絡統綺綿緒緣縣績繼續總纖愛憶懷戀惠揚搖攜擇據擴樹"
    "橋機檢歡歲歷氣潔澤濤濱瀟灣無煒煥燁爍爾環瑋璽當眾禮禎穎積穩競筆節簽糧紫聖聰聯腦臨與舉舊藝薩蘊處號術衝"
    "補裡見規視覺親觀訓記設試詠誠誼調謙講證議譽豐賓賞贊輝輪軒轉達進運過遙適遷選還邁邊鄉釗鈞銀銅雙雜離雲電靈"
    "靜頂項順須預領頤頻題顏願風養駿驍體魚鮮麥齡葦薈蘅淩涼淨淵渙湧滿漢燦獻瓊畫盡睞碩",
    "张陈刘杨赵黄吴孙马苏叶卢蒋贾邹阎韩冯许邓萧谭陆赖钟钟罗顾龚钱汤严万龙贺倪毕纪简欧阳温卫关骆储齐聂郑范"
    "伟国华强军东杰丽红艳艳万胜义兴宝实贵财发开连莲兰凤鸟鹏飞鸿鹤燕玲珑莹荣诗语梦晓园圆远业庆慧乐学胜贤质"
    "铭锐鑫锦锋钢铁镇长门问间闻维纲红经纬细约纯丝线级绍结络统绮绵绪缘县绩继续总纤爱忆怀恋惠扬摇携择据扩树"
    "桥机检欢岁历气洁泽涛滨潇湾无炜焕烨烁尔环玮玺当众礼祯颖积稳竞笔节签粮紫圣聪联脑临与举旧艺萨蕴处号术冲"
    "补里见规视觉亲观训记设试咏诚谊调谦讲证议誉丰宾赏赞辉轮轩转达进运过遥适迁选还迈边乡钊钧银铜双杂离云电灵"
    "静顶项顺须预领颐频题颜愿风养骏骁体鱼鲜麦龄苇荟蘅凌凉净渊涣涌满汉灿献琼画尽睐硕",
)
# Characters that a hand or an eye takes for one another; each group is one shape.
_ALIKE = (
    "己已巳 未末 戊戌戍戎 晓哓 洁浩 钰珏 治冶 赢羸嬴 晴睛 日曰 士土 千干于 天夫 人入 大太犬 王玉主 田由甲申 今令 "
    "刀力 午牛 免兔 历厉 风凤 冯马 怡恰 昊吴 旻昱 炎焱 莹萤 铭名 辰晨 辉晖 伟炜玮 杨扬 汪江 季李 刘邓 肖尚 付村 "
    "苹萍 芬芳 芸云 姗珊 婕捷 瑶遥 楠南 斌彬 彩采 丽美 茹如 菲非 桐铜 钢纲 鑫金 峰锋烽 泽择 洋详 涛滔 宇字 "
    "安宁 敏梅 娟捐 颖颍 霞露 帆凡 俊骏 毅义 贝见 仁仕 朱未 宋朱 兰三 许讦 郭敦 徐除余 侯候 范苑"
).split()
_SHAPES: dict[str, set[int]] = {}
for _number, _group in enumerate(_ALIKE):
    for _character in _group:
        _SHAPES.setdefault(_character, set()).add(_number)

# Sounds that are one in the mouths of central Hubei, or nearly: initials n and l, h before u and f, flat and curled
# tongue, front and back nasals.
_NEAR = (
    (re.compile(r"^(z|c|s)h"), r"\1"),
    (re.compile(r"^n(?=[aeiouvü])"), "l"),
    (re.compile(r"^hu(?=[aein])"), "f"),
    (re.compile(r"^fu(?=[aein])"), "f"),
    (re.compile(r"ng$"), "n"),
    (re.compile(r"^r"), "l"),
    (re.compile(r"uen$|ong$|on$"), "un"),
)
_NOT_WORD = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """One form of what is written alike: half width, simplified, without spaces, dots and hyphens between characters;
    a Latin name in lower case with single spaces."""
    text = clean_name(name).translate(_SIMPLE)
    if is_latin(text):
        return _NOT_WORD.sub(" ", text.lower()).strip()
    return re.sub(r"[\s·\-_.,，、'\"]+", "", text)


def is_latin(text: str) -> bool:
    return text.isascii() and any(character.isalpha() for character in text)


@lru_cache(maxsize=32_768)
def _syllable(character: str) -> str:
    read = lazy_pinyin(character)
    return read[0].lower() if read else character


@lru_cache(maxsize=65_536)
def sound(text: str) -> tuple[str, ...]:
    """The syllables of a plain name, without tones."""
    return tuple(text.split()) if is_latin(text) else tuple(map(_syllable, text))


@lru_cache(maxsize=4_096)
def near(syllable: str) -> str:
    """What syllables share that are easily misheard: ``lin`` of 林, 宁, 凌."""
    for pattern, instead in _NEAR:
        syllable = pattern.sub(instead, syllable)
    return syllable


@lru_cache(maxsize=65_536)
def near_sound(text: str) -> str:
    """The near syllables of a plain name joined: a key under which misheard names meet."""
    return " ".join(map(near, sound(text)))


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are taken for one another by a hand or an eye."""
    return bool(_SHAPES.get(one, set()) & _SHAPES.get(other, set()))
