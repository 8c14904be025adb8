"""What a want is made of: the bare name of a thing, its maker, and whether a text reads like a thing at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shouwang.supplies.rules.orders import goods


@dataclass(slots=True)
class Want:
    """One thing as a clause tells it. `doubt` is a reason of the contract; then the want is no line yet."""

    item: str = ""
    quantity: str | None = None
    unit: str | None = None
    specs: list[str] = field(default_factory=list)
    maker: str | None = None
    notes: list[str] = field(default_factory=list)
    doubt: str | None = None
    packed: str | None = None  # ``550ml*24瓶``: whole the size, if another count follows

    @property
    def spec(self) -> str | None:
        return " ".join(dict.fromkeys(filter(None, self.specs))) or None


_LEAD = re.compile(
    r"^(?:我要的是|我的是|要的是|哦+|噢+|喔|嗯+|对了|那个|诶|欸|唉|喂|我这边|这边|[她他]还要|[她他]要|[她他]也要|[她他]|我们家|我们|我家|我要|我想要|我想|我也|我再|我就|我|咱家|给我家?|帮我家?|帮忙|帮|麻烦|请|另外|还有|还要|一下|一点|点|些|再要|再来|再加|再带|再买|再给|再|"
    r"需要|想要|想买|求购?|捎带?|加个?|带个?|买点?|来个?|要个?|订|定|拿|报|就|那就|那么|那|就是|先|顺便|一共|共|以及|还|也|都|和|跟|与|及|个|是|：|:|吧|呢|啊|哎呀|"
    r"老板|加上|各|昨晚报的|明天|今天|家里|下单|登记|统一报|送|给|得|外加|改成|换成|改|换|成|另|说|这次|上次|·|-|\.|#|\]|>|\")+"
)
_TAIL = re.compile(
    r"(?:能带就带|有的话|有就带|各来|各要|各|吧|哈|啊|呀|哦|噢|呢|嘛|就行|就可以|谢谢|就好|即可|也要|还要|我要|要|来|共|买|再来|的|[-:：.。\"'|=~～·•]|\s)+$"
)
NOT_ITEM = re.compile(
    r"[不没了吗嘛呢您你他她我谁哪怎么什这那]|^人|收到|谢|辛苦|多少|可以|大家|登记|时候|小时|分钟|点钟|楼|单元|号线|已经|一下|家里|老公|老婆|妈妈|爸爸|师傅|今天|明天|昨天|今晚|"
    r"送到|上门|截止|电话|微信|接龙|价|元|[!?？！@#]|只要|大概|还有|医生|随便|看着|左右|以内|够|怕|觉得|孩子|老人家|每|名额|几"
)
ONE = re.compile(
    r"^(?:要|来|带|加|买|拿|捎|订|再来|再带|再加|再要|我要|帮我带|帮我买|帮我拿)(个|包|瓶|袋|把|盒|条|桶|箱|提|块|板|只|支|份|棵|罐|卷|斤)(?=[一-鿿]{1,6}$)"
)
_AS_BEFORE = re.compile(
    r"厂家.{0,4}(?:同|跟|和|照|按)?(?:上次|以前|原来|之前|上回)|(?:同|跟|和|照|按)(?:上次|以前|之前|原来|上回).{0,4}(?:厂家|牌子|品牌|厂)|老牌子|原厂家|厂家不变|牌子不变|厂家照旧|牌子照旧"
)
_NOTE = re.compile(
    r"^(?:要|别|不要|最好|尽量|切|剁|老|嫩|新鲜|肥|瘦|软|硬|甜|大|小|好|无糖|低糖|散装|便宜|备|急|一起|分|都要|放|带|脆|熟|生|青|红|五花的|.{1,5}的$|.{1,8}都可以|.{1,6}最好|.{1,6}也可以)"
)
MAKER_TAIL = re.compile(r"(?:牌子|牌|的|产的|产|家的|那家的|厂|生产的|生产)+$")


_SIGNS = re.compile(r"[\U0001F000-\U0001FAFF☀-➿\uFE0F\s'\"“”]+")


def lead(text: str) -> str:
    """`text` without what stands before the name of a thing; a known thing is never cut into."""
    while text and not _starts_known(text):
        match = _LEAD.match(text)
        if not match:
            break
        size = 1
        for size in range(1, match.end() + 1):
            if _starts_known(text[size:]):
                break
        text = text[size:] if _starts_known(text[size:]) else text[match.end() :]
    return text


def _starts_known(text: str) -> bool:
    return any(
        goods.known(text[:size]) or text[:size] in goods.words("makers")
        for size in range(min(len(text), goods.longest()), 1, -1)
    ) or goods.known(text)


def cleaned(text: str) -> str:
    """The bare name in `text`."""
    text = lead(_TAIL.sub("", _SIGNS.sub("", text)) if not goods.known(text) else text)
    if re.fullmatch(r"(?:就|也)?(?:行|够|好|可以|算|一下|点|些|了|足够|差不多|成|得|中)+了?", text):
        return ""
    if text.endswith("是") and goods.known(text[:-1]):
        return text[:-1]
    return text if goods.known(text) else _TAIL.sub("", text)


def maker_of(text: str) -> str | None:
    """The maker that `text` asks for (``海天的``, ``要伊利的``, ``同上次厂家``), if it does nothing else."""
    text = text.strip("()（）[]【】 　，,。")
    if _AS_BEFORE.search(text):
        return "as before"
    text = re.split(r"要(?=[^要]+$)", text)[-1] if "要" in text else text
    text = re.sub(r"^(?:就|是|都是|都|得|厂家|牌子|品牌)+[:：是]?", "", text)
    bare = MAKER_TAIL.sub("", text)
    if bare.lower() in goods.words("makers"):
        return bare
    if re.fullmatch(r"[一-鿿]{2,8}(?:制药|药业|药厂|药房|牌|集团|公司)", bare) or (
        re.fullmatch(r"[一-鿿]{2,9}", bare)
        and any(bare.endswith(m) and len(m) > 1 for m in goods.words("makers"))
    ):
        return bare
    return None


def plausible(want: Want) -> bool:
    """Whether the item reads like the name of a thing."""
    item = want.item
    if goods.known(item):
        return True
    if goods.beginning(item) and len(item) <= 8:
        return True
    own = goods.ending(item) or ""
    before = item[: len(item) - len(own)]
    return bool(
        0 < len(item) <= 14
        and not NOT_ITEM.search(before if own else item)
        and re.search(r"[A-Za-z一-鿿]", item)
    )
