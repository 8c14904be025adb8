"""Where somebody came from, and what the profile makes of it."""

from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.text import squeeze
from shouwang.people.enums import Risk
from shouwang.people.rules.returnees.places import origin_key


def risk_of(code: int | None, profile: DiseaseProfile) -> Risk:
    """The risk of having been in the area ``code`` (12 digits). The profile names areas by their first digits; the
    longest that fits decides, so that a district may differ from its city. Whoever comes from elsewhere is low."""
    if code is None:
        return Risk.UNKNOWN
    named = {
        prefix: risk
        for risk, prefixes in ((Risk.MIDDLE, profile.origins_middle), (Risk.HIGH, profile.origins_high))
        for prefix in map(_prefix, prefixes)
    }
    text = str(code)
    fitting = max((prefix for prefix in named if text.startswith(prefix)), key=len, default=None)
    return named[fitting] if fitting else Risk.LOW


def _prefix(written: str) -> str:
    """``420100000000`` names all of Wuhan, as ``4201`` does: of a code, the zeros at its end name no place."""
    digits = written.rstrip("0")
    whole = next(length for length in (2, 4, 6, 9, 12) if length >= len(digits))
    return digits.ljust(whole, "0")


def code_of(origin: str) -> int | None:
    """The 12-digit code of a place of origin as people write it: ``武汉``, ``湖北省武汉市洪山区``, ``汉口``, ``深圳``.

    The deepest place that is named counts. ``None`` for what is not in `PLACES`.
    """
    text = squeeze(origin)
    if origin_key(text) == _WUHAN and not any(name in text for name in _DISTRICTS):
        return _twelve(PLACES[_WUHAN])
    found = [(len(PLACES[name].rstrip("0")), len(name), name) for name in PLACES if name in text]
    return _twelve(PLACES[max(found)[2]]) if found else None


def _twelve(six: str) -> int:
    return int(six) * 10**6


_WUHAN = "武汉"
_TABLE = """
北京110000 天津120000 河北130000 石家庄130100 山西140000 太原140100 内蒙古150000 呼和浩特150100 辽宁210000 沈阳210100
大连210200 吉林220000 长春220100 黑龙江230000 哈尔滨230100 上海310000 江苏320000 南京320100 无锡320200 常州320400
苏州320500 南通320600 浙江330000 杭州330100 宁波330200 温州330300 嘉兴330400 绍兴330600 金华330700 义乌330782 台州331000
安徽340000 合肥340100 福建350000 福州350100 厦门350200 泉州350500 江西360000 南昌360100 九江360400 山东370000 济南370100
青岛370200 河南410000 郑州410100 信阳411500 湖北420000 武汉420100
Wuhan420100 Hubei420000 黄石420200 十堰420300 宜昌420500 襄阳420600 鄂州420700
荆门420800 孝感420900 荆州421000 黄冈421100 咸宁421200 随州421300 恩施422800 仙桃429004 潜江429005 天门429006
神农架429021 湖南430000 长沙430100 岳阳430600 常德430700 广东440000 广州440100 深圳440300 珠海440400 佛山440600
惠州441300 东莞441900 中山442000 广西450000 南宁450100 海南460000 海口460100 三亚460200 重庆500000 四川510000 成都510100
贵州520000 贵阳520100 云南530000 昆明530100 西藏540000 拉萨540100 陕西610000 西安610100 甘肃620000 兰州620100
青海630000 西宁630100 宁夏640000 银川640100 新疆650000 乌鲁木齐650100 台湾710000 香港810000 澳门820000
江岸420102 江汉420103 硚口420104 汉阳420105 武昌420106 青山区420107 洪山区420111 东西湖420112 汉南420113 蔡甸420114
江夏420115 黄陂420116 新洲420117 大冶420281 丹江口420381 枝江420583 当阳420582 宜都420581 枣阳420683 老河口420682
宜城420684 钟祥420881 京山420882 沙洋420822 应城420981 安陆420982 汉川420984 云梦420923 大悟420922 孝昌420921
石首421081 洪湖421083 松滋421087 监利421023 公安县421022 江陵421024 麻城421181 武穴421182 红安421122 罗田421123
浠水421125 蕲春421126 黄梅421127 赤壁421281 嘉鱼421221 通城421222 崇阳421223 通山421224 广水421381 利川422802
"""
PLACES = {entry[:-6]: entry[-6:] for entry in _TABLE.split()}
"""The places people name when they say where they came from, each with its code of GB/T 2260 (of 2019): provinces, the
cities that many come home from, and the cities and counties of Hubei. Where another response needs others, the
division tree of the installation is asked first."""
_DISTRICTS = [name for name, code in PLACES.items() if code.startswith("4201") and name != _WUHAN]
