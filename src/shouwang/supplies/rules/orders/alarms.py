"""What is no order: emergencies, questions and complaints, announcements, chatter."""

from __future__ import annotations

import re
from functools import cache

from shouwang.supplies.rules.orders.goods import LEXICON


@cache
def _patterns(name: str) -> re.Pattern[str]:
    lines = (LEXICON / f"{name}.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and not line.startswith("#")))


_ANSWER = re.compile(
    r"^(?:@\S+\s*)?(?:.{0,12}(?:别急|别慌|别怕|别动|马上|我来|来了|收到|在路上|已经?叫|叫了|联系|过来|过去|赶到|接电话|开门|安排|等着|稳住|挺住|先掐|平躺|坐着|开窗|人先出来|车到|送到您|现在就))"
)


def urgent(text: str, staff: bool = False) -> bool:
    """Whether `text` may tell of an emergency. A helper's answer to one (``120已叫``) does not."""
    rest = _patterns("calm").sub(" ", text)
    if not _patterns("urgent").search(rest):
        return False
    first_words = re.match(r"^(?:来了|马上|我来|我马上|我在|已经|叫了|收到)", text)
    answers = _ANSWER.search(text) and (first_words or (staff and (text.startswith("@") or len(text) <= 24)))
    return not (answers and not re.search(r"起不来|谁离|打电话", text))


_QUESTION = re.compile(
    r"[?？]|[吗嘛么]\s*[~。.！!😭🙏]*\s*$|[吗][，,。\s]|怎么(?!吃|做|样都)|什么时候|啥时候|几时|几点|多少钱|好多钱|多钱|咋|为什么|为啥|能不能|可不可以|行不行|有没有|是不是|会不会|有冇得|冇得|哪里|哪个|几天|多久|好久|"
    r"有[^，。]{1,6}没有?$|(?:有|能|可以|行|到|来)不[^，。]{0,3}$|呢$"
)
_COMPLAINT = re.compile(
    r"(?:没|冇|未|不见).{0,4}(?:送来|送到|到|收到|来|看到|发|给我)|坏了|坏的|烂|臭了|馊|过期|发霉|破了|碎了|漏了|少了(?!.{0,3}要)|少给|少送|送错|发错|弄错了|拿错|缺斤|短斤|斤两不|不新鲜|黄了|蔫|太贵|这么贵|贵了|涨价|涨了|好贵|"
    r"投诉|退钱|退款|退货|不合理|没人管|骗|坑人|等了.{0,6}(?:天|小时)|太慢|没收到|差评|不满|有虫|生虫|解释|说法|失望|价钱不对|钱不对|多收|(?<!我)算错(?!人)|凭什么|不像话"
)
_LATE_QUESTION = re.compile(r"还能|还可以|能不能|来得及|行吗|可以吗|行不|补|[吗不]\s*$|[吗不][？?]$")


def question(text: str) -> bool:
    """A question or complaint about service."""
    return bool(_QUESTION.search(text) or _COMPLAINT.search(text))


def complaint(text: str) -> bool:
    return bool(_COMPLAINT.search(text))


NOTICE = re.compile(
    r"撤回了?一条消息|加入了?群聊|退出了?群聊|移出了?群聊|拍了拍|修改群名|群公告|^系统消息|开启了|^—{2,}|^-{4,}|^={3,}|聊天记录如下|以下是新消息|红包|邀请.{1,20}加入|群聊的聊天记录|以上是"
)
MENU = re.compile(
    r"(?:\d|[一二三四五六七八九十])\s*(?:元|块钱?|￥)\s*[/一每]|[/一每](?:斤|份|袋|盒|箱|板|瓶|个).{0,3}\d+元|^\S{1,10}[:：]?\s?\d+(?:\.\d+)?元|[¥￥]\s?\d"
)
EXAMPLE = re.compile(r"^\s*(?:例如?|示例|格式|模板|样式|范例|比如)[\s:：0-9、.（(一-鿿]")
HEADING = re.compile(r"#\s?接龙|接龙$|^#")
STAFF = re.compile(
    r"网格|团长|群主|楼长|楼栋长|单元长|支书|主任|志愿|物业|社区|居委|村委|管家|药品代购|代购|药店|超市|供销|门卫兼|下沉|店长|采购|老板|门店|送货|配送"
)
CLOSED = re.compile(
    r"发出去了|发给(?:超市|药店|商家)了|单子?(?:已经?)?(?:交|递|送)(?:上去|过去|走)了|截止(?!时间|到|至|明|今|下午|上午|中午|晚)|收口了|收单|统计到这|停止接龙|接龙结束|不再接|不接了|不收了|名单已|单子已|已经报给|报给超市|收工|关单|封单|就截到这|截到这|就这些|到此为止|登记完毕|不再加|结束了|已截|满了|报上去了|已经下单|已下单|接龙关闭|今天就这|今天就到这|统计完毕|截单|报完了|不加了|停了|已汇总|发单了|过时不候了"
)
FUTURE = re.compile(
    r"(?:今晚|明天|明早|晚上|下午|中午|上午|[0-9一二三四五六七八九十]+点).{0,8}(?:截止|收口|收单|截单|结束|截|前报|之前|前接)|(?:截止|收单|收口).{0,5}(?:今晚|明天|晚上|下午|中午|上午|\d+\s?[点:：])"
)
REOPENED = re.compile(
    r"现在接|重新(?:开|接)|继续接|再接|又可以|还可以(?:报|接|加)|再开|重开|多出|延(?:长|到|迟)|现在开始报|恢复接|又开|加开|再收|新一轮|第.团|第二批|接着报|可以继续"
)
ADDED = re.compile(r"(?:给|帮|替)(?:你|您)?(?:也)?(?:加|补|记|添)(?:上|进)|加上了|补上了|算上了|给你算")
THANKS = re.compile(
    r"^(?:好的?|收到|谢+谢?|感谢|辛苦|嗯+|哦+|ok|OK|1|可以|行|对|是的?|不客气|知道了|明白|👌|👍|🙏|哈+)[^\d一二两三四五六七八九十半]{0,20}$"
)
