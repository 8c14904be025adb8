"""Surnames as frequent as in central Hubei, given names as fashionable as in the bearer's year of birth.

The shares are rounded from memory of published surname tables; they are meant to look right, not to be cited.
"""

import re
from random import Random
from typing import Literal

Sex = Literal["male", "female"]

_SHARES = """
    王62 李61 张60 刘58 陈58 杨34 周33 胡32 黄29 吴27 徐22 熊22
    程21 彭20 朱19 肖18 郭17 何16 汪15 余15 夏14 万14 罗14 邓13
    鲁13 高12 曾12 谢12 马11 赵11 孙11 许10 邹10 田10 郑9 龚9
    雷9 曹9 涂9 江9 宋8 杜8 方8 魏8 蔡8 董8 袁8 潘7
    唐7 蒋7 史7 鄢6 代6 沈6 严6 付6 陶6 叶6 石6 金5
    梁5 孔5 樊5 钟5 倪5 谭5 甘4 段4 聂4 贺4 毛4 游4
    卢4 冯4 别3 危3 皮3 欧阳2 上官1 诸葛1
"""
SURNAMES: dict[str, int] = {name: int(share) for name, share in re.findall(r"([^\d\s]+)(\d+)", _SHARES)}

# (born from this year on, first characters, second characters, whole names): the last row that fits is taken.
_MALE: tuple[tuple[int, str, str, str], ...] = (
    (1900, "德世明光家正永大天先", "清富才生发元贵喜安山", "根生 水生 福生 炳南 少清 汉卿"),
    (1946, "建国永志新文金良继传", "国华军民平生林祥才义", "援朝 卫国 跃进 解放 爱民 长江"),
    (1966, "红卫国建志海学文少小", "军勇平刚斌兵华明涛强", "军 勇 斌 刚 红兵 卫东 文革 向阳"),
    (1980, "志海晓俊小建伟国文明", "伟峰鹏磊超杰波涛辉亮", "伟 磊 鹏 超 波 涛 杰 峰 凯 亮"),
    (1992, "俊子文佳浩天嘉宇志思", "豪杰浩轩宇凯航文博威", "浩 凯 鑫 宇 帆 俊 航 博 威 恒"),
    (2004, "子浩宇梓俊明博奕泽一", "轩涵宇豪睿辰泽洋然诺", "子轩 浩宇 梓豪 宇轩 奕辰 一诺 沐阳 子墨"),
)
_FEMALE: tuple[tuple[int, str, str, str], ...] = (
    (1900, "秀桂玉凤金腊兰翠春菊", "英兰珍香梅娥芝莲姑秀", "秀英 桂英 腊梅 冬姑 菊香 大姑"),
    (1946, "秀桂玉春爱先翠金菊红", "兰英华珍芳云枝萍芝荣", "玉兰 爱华 建华 爱珍 红英 春枝"),
    (1966, "红小春丽玉晓艳爱海秋", "红霞艳芳萍琴梅玲丽华", "红 艳 霞 芳 萍 琴 燕 红艳 小红"),
    (1980, "丽晓小静雪海慧艳婷春", "丽娟静娜敏婷莉燕芬琼", "静 丽 娟 敏 娜 婷 莉 燕 倩 芬"),
    (1992, "婷雨思佳梦晓诗文紫欣", "婷婷婷怡琪雯颖洁倩怡", "婷婷 倩 雪 颖 琪 梦婷 欣怡 佳怡 思雨"),
    (2004, "子梓欣雨诗可语一思若", "涵萱怡彤琪妍汐晨诺馨", "梓涵 欣怡 诗涵 可馨 语彤 一诺 若汐 子萱"),
)
ERAS: tuple[int, ...] = tuple(row[0] for row in _MALE)


def era(year: int) -> int:
    """Index into ``ERAS`` of the naming fashion of a year of birth."""
    return max(i for i, start in enumerate(ERAS) if year >= start)


def _pool(first: str, second: str, whole: str) -> tuple[str, ...]:
    pairs = [a + b for a in first for b in second if a != b]
    return (*pairs, *whole.split() * 3)


GIVEN: dict[Sex, tuple[tuple[str, ...], ...]] = {
    "male": tuple(_pool(a, b, w) for _, a, b, w in _MALE),
    "female": tuple(_pool(a, b, w) for _, a, b, w in _FEMALE),
}


def given(rng: Random, sex: Sex, year: int) -> str:
    """A given name in the fashion of the year of birth."""
    return rng.choice(GIVEN[sex][era(year)])


class Surnames:
    """Draws surnames; a village gives its clans, which hold two households in five."""

    def __init__(self, rng: Random, clans: str = "") -> None:
        self._rng, self._clans = rng, clans
        self._names, self._weights = list(SURNAMES), list(SURNAMES.values())

    def draw(self) -> str:
        return self._rng.choices(self._names, self._weights)[0]

    def head(self) -> str:
        """Surname of a head of household: of a clan, if the village has clans, in two cases of five."""
        if self._clans and self._rng.random() < 0.4:
            return self._rng.choice(self._clans)
        return self.draw()
