"""How people say what is no plain order: mentions, pictures, papers, vague and either-or wishes."""

import re

MENTION = re.compile(r"@\S+(?:\s|$)|@[^\s，,：:]{1,12}")
PHOTO = re.compile(r"\[(?:图片|照片|动画表情)\]|\[图\]|<图片>")
VOICE = re.compile(r"\[语音\]|\[语音消息\]|语音\s*\d+[\"″秒]")
MEDIA = re.compile(r"\[(?:视频|链接|文件|表情|红包|转账|位置|小程序)[^\]]*\]|https?://\S+|【[^】]*公告】")
EMOJI = re.compile(r"\[[一-鿿A-Za-z]{1,4}\]|[\U0001F000-\U0001FAFF☀-➿️]")
PAPER = re.compile(r"处方|病历|药单|方子|单子上")
VAGUE = re.compile(
    r"随便|看着(?:买|配|办|给)|你看(?:倒|着)|够吃|多来点|来点|弄点|买点(?:菜|水果|肉|吃)|搞点|一点菜|的量|少许|[两三四五]三?天的?菜|配点|帮我配|都行$|百块以内|预算"
)
EITHER = re.compile(
    r"有[^，,。没]{1,10}(?:就)?要|没有?(?:就|的话|也|换|的话)|没(?:有)?[^，,。]{0,6}(?:也行|也可以|就|拿|换成|要)|或者?|也行|也可以|要么|二选一|都可以|都行|实在没"
)
QUOTE = re.compile(r"^「(?P<who>[^：:」]{1,30})[:：](?P<text>[^」]*)」[\s\n-]*(?P<rest>.*)$", re.S)
CLAUSE_END = re.compile(r"(?<=[。！!？?；;\n])|(?<=吗)(?=[，,])")
SALE = re.compile(r"我(?:们)?店|店里还?有|有卖|到货|我家还有.{0,12}(?:可以|谁要)|谁要|转让|谁家有|借我|先借")
