"""From a clause to tokens: words, amounts, sizes, brackets, separators."""
# ruff: noqa: E501 - a pattern is kept in one piece

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.numerals import CHINESE, number

MEASURES = (
    "公斤 千克 斤 两 克 kg g 袋 包 盒 瓶 桶 箱 提 板 打 个 条 块 把 颗 棵 根 只 件 罐 份 支 片 双 卷 筒 壶 碗 张 节 坛 串 "
    "扎 捆 头 朵 听 排 副 套 本 枚 粒 刀 尾 对 贴 管 杯 兜 筐 坨 瓣 株 匹 床 台 盘 篮 联 托 枝 杆 扇 匝 吨 封 架 篓 壳 "
    "ml ML L 毫升 升"
).split()
SIZES = "抽 层 mg g kg ml ug μg mm cm l iu u U w v 毫克 微克 千克 公斤 克 毫升 升 斤 两 万单位 单位 厘米 寸 米 瓦".split()
WEIGHTS = frozenset("公斤 千克 斤 两 克 kg g ml mL ML L 毫升 升 l".split())
_SLIPPED = {
    "报": "包",
    "平": "瓶",
    "相": "箱",
    "金": "斤",
    "代": "袋",
    "合": "盒",
    "贷": "袋",
    "班": "板",
    "品": "瓶",
    "胡": "壶",
    "通": "桶",
    "带": "袋",
    "何": "盒",
    "今": "斤",
    "快": "块",
    "跟": "根",
    "伴": "板",
    "办": "板",
    "关": "罐",
    "灌": "罐",
    "卦": "挂",
}


def _any(options: list[str]) -> str:
    return "|".join(sorted(map(re.escape, options), key=len, reverse=True))


_N = rf"(?:(?<![A-Za-z\d.])|(?<=\d[A-Za-z])|(?<=\d[a-z][a-z]))(?:\d+(?:\.\d+)?|[{CHINESE}]+|半)"
_M = _any(MEASURES)
_S = _any(SIZES)
_NOT_LATIN = r"(?:(?<=[一-鿿])|(?![A-Za-z]))"
_END = r"(?=$|[\s，,、；;。！!（(\n吧哈的])"
_GUARDED = _any(
    sorted(
        word
        for word in goods.goods()
        if re.search(rf"[{CHINESE}\d半]", word) and not re.fullmatch(r"\d+", word)
    )
)
TOKEN = re.compile(
    rf"""
    (?P<paren>[（(【\[][^）)】\]]{{0,60}}[）)】\]])
  | (?P<guarded>(?:{_GUARDED}))
  | (?P<both>(?P<b1>(?<![A-Za-z\d.])\d+(?:\.\d+)?(?:{_S}|{_M}))[*xX×](?P<bn>\d+(?![\d.]))(?P<bu>{_M}|(?!{_M})){_NOT_LATIN})
  | (?P<spec>(?<![A-Za-z\d.])\d+(?:\.\d+)?(?:{_S})?(?:[*xX×/:：]\d+(?:\.\d+)?(?:{_S}|{_M})?)+{_NOT_LATIN}(?:装的?)?
      | {_N}(?:{_M}|{_S})装的?(?!\d|[{CHINESE}](?:{_M}))
      | {_N}(?:{_M}|{_S})装
      | \d+(?:\.\d+)?连[包杯罐] | \d+抽(?:装的?)?(?=\d|[{CHINESE}]|$|[\s，,、）)])
      | [1-4一二两三四]段(?:的)?
      | (?<![A-Za-z])(?:NB|XXXL|XXL|XL|XS|[SMLＭ])(?:码|号)的? | (?<![A-Za-z])(?:NB|XXXL|XXL|XL)(?![A-Za-z])的?
      | \d{{2,3}}[码#](?:的)? | [57五七]号(?=电池|$|[）)\s，,、\d])
      | (?<![A-Za-z\d.])\d+(?:\.\d+)?(?:mg|ug|μg|mm|cm|W|w|V|iu|毫克|微克|毫米|厘米|瓦){_NOT_LATIN}
      | [大中小]号(?=的?(?:\d|[{CHINESE}]|$|\s)))
  | (?P<age>(?:\d+|[{CHINESE}]+|半)(?:个多?月(?:大|龄|的?(?:宝宝|孩子|小孩|娃|伢|婴儿)|吃|用|喝)|个月(?=[^，,。的量]*(?:吃|用|喝|穿)的?)|周?岁半?)[^，,。；;！!\n]*)
  | (?P<money>{_N}(?:多)?(?:块钱|元钱|元|块以内|块左右|块的(?!豆)|来块)(?:左右|以内)?的?)
  | (?P<vague>(?:好?几|[一二两三四五六七八九]十?[二两三四五六七八九](?={_M})|\d+[-~到至]\d+(?={_M})
        |(?:\d+|[{CHINESE}]+)(?:来|多|几))(?:{_M}) | (?<![一-鿿])[两三四五]三?[天顿](?:的?量)|少许|一点儿?|一些|若干|适量|(?:{_N})个?(?:月|周|星期|天)的?量)
  | (?P<mixed>(?P<x1>{_N})(?P<xu>公斤|斤)(?P<x2>[一二三四五六七八九\d])两)
  | (?P<amount>(?P<an>{_N})(?:[大小整](?=袋|包|把|瓶|桶|箱|盒|捆|块|碗|提|罐|卷|棵|颗|个|条|根))?(?P<au>{_M}){_NOT_LATIN}(?P<half>半(?!{_M}|[个斤]))?)
  | (?P<slip>(?P<sn>\d+|[{CHINESE}]+|半)(?P<su>[{"".join(_SLIPPED)}]){_END})
  | (?P<times>[*xX×＊]\s*(?P<tn>\d+|[{CHINESE}]+)(?P<tu>(?:{_M})?){_NOT_LATIN})
  | (?P<plus>[+＋]\s*(?P<pn>\d+(?:\.\d+)?|[{CHINESE}]+|半)(?P<pu>(?:{_M})?){_NOT_LATIN}(?![A-Za-z\d]))
  | (?P<each>(?:各要?|各来|一样|每样|每种)(?=\d|[{CHINESE}半]))
  | (?P<bare>(?<=[一-鿿])\d{{1,2}}(?=$|[\s，,、。；;！!]))
  | (?P<strong>[，,；;。！!？?\n…~～:：+＋]+)
  | (?P<weak>[、\s/]+)
  | (?P<word>.)
    """,
    re.X,
)


@dataclass(slots=True)
class Token:
    """`kind` is word, amount, bare, age, spec, money, vague, paren, each, strong or weak; an amount has value and unit."""

    kind: str
    text: str
    value: Decimal | None = None
    unit: str | None = None
    spec: str | None = None


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in order; characters that belong to nothing else run together as words."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        token = _token(match, match.group())
        if token.kind == "word" and found and found[-1].kind == "word":
            found[-1].text += token.text
        else:
            found.append(token)
    return found


def _token(match: re.Match[str], text: str) -> Token:
    get = match.group
    if get("both"):
        return Token("amount", text, Decimal(get("bn")), get("bu") or None, get("b1"))
    if get("mixed"):
        first, second = number(get("x1")), number(get("x2"))
        if first is not None and second is not None:
            return Token("amount", text, first + second / 10, get("xu"))
    if get("amount"):
        value = number(get("an"))
        if value is None:
            return Token("vague", text)
        return Token("amount", text, value + (Decimal("0.5") if get("half") else 0), get("au"))
    for mark, count_group, unit in (("slip", "sn", "su"), ("times", "tn", "tu"), ("plus", "pn", "pu")):
        if get(mark):
            count = number(get(count_group))
            if count is None:
                return Token("vague", text)
            name = get(unit) or None
            return Token("amount", text, count, _SLIPPED.get(name, name) if mark == "slip" and name else name)
    if get("bare"):
        return Token("bare", text, Decimal(text))
    for kind in ("paren", "age", "spec", "money", "vague", "each", "strong", "weak"):
        if get(kind):
            return Token(kind, text)
    return Token("word", text)
