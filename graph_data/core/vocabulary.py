"""Every Chinese label that the code knows, mapped to what it means: here and nowhere else.

Labels are compared in plain form (`plain`): no spaces or quotes, half-width brackets and punctuation, so that
`“三公” 经费（合计）` and `三公经费(合计)` are one. Alternatives of one label stand beside each other, split by |.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from graph_data.core.terms import (
    ColumnKey,
    Comparator,
    DeviationReason,
    FundingQuantity,
    FundSource,
    IndicatorKind,
    LineItem,
    Measure,
    Phase,
    Side,
    StatementForm,
    Topic,
)

T = TypeVar("T", bound=Enum)
Meanings = tuple[tuple[re.Pattern[str], T], ...]  # what labels mean, the first pattern that fits

_DROPPED = re.compile(r"[\s“”\"'‘’「」《》]+")
_NUMBERING = re.compile(
    r"^(?:[-•·]|[一二三四五六七八九十百]+[、.]|\([一二三四五六七八九十百]+\)[、.]?|\(\d+\)|\d{1,3}[、.](?!\d))+"
)


@lru_cache(16_384)
def plain(text: str) -> str:
    """A label without spaces and quotes, in half-width forms; numbering stays."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


def printed(text: str) -> str:
    """A label as the document prints it, without the spaces that its layout puts in."""
    return "".join(text.split())


@lru_cache(16_384)
def unnumbered(text: str) -> str:
    """A plain label without its leading 一、 (二) 3. or bullet."""
    return _NUMBERING.sub("", plain(text))


def _labels(members: Iterable[T], also: Mapping[T, str]) -> dict[str, T]:
    """Labels of an enumeration's members: their own Chinese terms, and what documents print instead."""
    found = {plain(member.value): member for member in members}
    return found | {plain(label): member for member, labels in also.items() for label in labels.split("|")}


# ------------------------------------------------------------------------------------------ the parts of a document

CONTENTS = "目录"
PART = re.compile(r"第[一二三四五六七八九十]部分")
AMOUNT_UNIT = re.compile(r"单位[:：]?\(?\s*(?:人民币)?\s*(元|千元|万元|亿元)")
TABLE_TITLE = re.compile(
    r"^(?!注|说明|公开\d|附?表\d|[^\d]{0,6}\d{1,2}(?:-\d+)?表$)[^。;:,]{2,60}表(?:\(.{0,20}\))?$|^(?:附?表|公开)[\d一二三四五六七八九十]{1,3}(?:表|[:、.])(?!.*(?:单位|部门|编制))[^:。;]{4,40}$"
)
OTHER_UNIT = re.compile(r"单位[:：]?\(?\s*(?:人民币)?\s*([^\s():：]{1,4}元)")
AMOUNT_UNIT_LINE = re.compile(rf"^\(?(?:金额|计量|货币)?{AMOUNT_UNIT.pattern}")
MONEY_UNIT_LINE = re.compile(r"^\(?(?:金额|计量|货币)?单位[:：]?\(?(?:人民币)?(?:元|千元|万元|亿元)\)?$")
MONEY_UNITS = ("元", "千元", "万元", "亿元")
PRINTED_NUMBER = re.compile(r"(?:公开|[财部单]决(?:公开)?)\s*\d+(?:-\d+)?\s*表")
DEPARTMENT_LINE = re.compile(
    r"^(?:公开|编制|填报|填表|编报|报送)?(?:部门|单位)(?:名称|全称)?(?:[（(](?:公章|盖章|签章)[)）])?[:：]\s*"
    r"(?P<name>(?!(?:人民币)?(?:元|千元|万元|亿元)$)\S.*)$"
)
HEADQUARTERS = re.compile(r"\(?本级\)?$")
DUTIES = re.compile(r"职责|职能")
UNITS = re.compile(r"机构设置|单位构成")
UNIT_COLUMN = "单位名称"
UNIT_ASIDE = re.compile(r"[（(]下属[^（）()]*[)）]$")
TEMPLATE = re.compile(r"[X×Ｘ]{2,}|\*{2,}")
DEFINITIONS = "名词解释"
OVERVIEW = re.compile(r"(?:部门|单位|机构)?(?:概况|基本情况)(?:介绍)?$")
EXPLAINED = re.compile(r"收入|支出|收支|决算|三公|采购|资产|绩效|运行经费")
# The title of a part of the document, and what else opens prose where no part does.
CHAPTER = re.compile(
    r"^(?!.*(?:收入|支出|三公|拨款|绩效|采购|资产|运行经费|项目|表$))"
    r".*(?:概况|基本情况|决算(?:公开)?(?:信息)?(?:数据)?(?:情况)?(?:文字)?(?:说明|分析)|名词解释|附件)$"
)
PROSE_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\))(?!.*表$)[^,;。:]*(?:说明|情况|概况|职责|职能|机构设置|构成|解释|分析)$"
)
TOLD = re.compile(r"\d(?:亿|万)?元[^。]*。|。[^。]*\d(?:亿|万)?元")
HEADED = re.compile(
    r"(?:情况|说明|概况|职责|职能|机构设置|构成|解释|经费|采购|资产|绩效|收入|支出|决算|[类款项]\))(?:情况|说明|分析)*。?$"
)
NOTE = re.compile(r"^(?:注|说明)[:：]")
EMPTY_NOTE = re.compile(r"没有|无(?!形)|未(?:发生|安排|使用)|不涉及")
CAPTION = re.compile(r"^图\d*[:：]|^\(?单位:(?:元|千元|万元|亿元)\)?$")

# ------------------------------------------------------------------------------------------ whose account it is

_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_YEAR = r"(?:19|20)\d{2}|[一二][〇○零O九][〇○零O一二三四五六七八九]{2}"
_ABOUT = r"(?:信息|情况|编制|草案|公开|报告|报表|说明|分析|目录|文本|附件|附表|表|书|三公经费|决算|[的及和与、])"
COVER_TITLE = re.compile(
    rf"^(?:关于)?(?:(?P<year>{_YEAR})年?度?)?(?P<name>[一-鿿A-Za-z()·、]{{2,60}}?)??(?:关于)?"
    rf"(?:(?P<after>{_YEAR})年?度?)?(?P<kind>部门|单位)?(?:收支)?决算{_ABOUT}{{0,8}}(?:\([^()]{{0,30}}\))?$"
)
NO_NAME = re.compile(
    r"年|决算|预算|目录|附件|公开(?:部门|单位)|第.部分|^(?:本|各|市直|区级|县级|市级|省级|所属|汇总)?(?:部门|单位|年?度)*$"
)
CODE_ASIDE = re.compile(r"\((?:单位|部门|预算|机构)*(?:编码|代码)?[:：]?\d{3,}\)")
NAME_ASIDE = re.compile(r"\((?:部门|汇总|合并|盖章|公章|签章)\)$")
FISCAL_YEAR = re.compile(rf"(?P<year>{_YEAR})年度?(?!\d)")
YEAR_LINE = re.compile(rf"^\(?(?P<year>{_YEAR})年度?\)?$")
SPEAKS_OF = re.compile(
    rf"^(?P<name>[一-鿿()·]{{4,40}}?)(?:(?:{_YEAR})年度?(?:部门|单位)?(?:收支)?决算|(?:是|为)[^。]{{0,40}}(?:部门|机构|单位|组织)|主要职[责能]|内设)"
)
SUPERIOR_LINE = re.compile(r"^主管部门(?:名称)?[:：](?P<name>\S.*)$")
BODY = re.compile(
    r"(?:局|委|办|厅|部|院|校|学|中心|会|社|站|所|队|馆|处|府|室|园|场|段|台|团|庭|库|院|街道|镇|乡|公司|集团|基地|协会|党校|组|支队)(?:\(?本级\)?)?$"
)


OF_ACCOUNTS = ("决算", "预算", "支出", "收入", "部门", "单位", "财政", "万元", "合计", "项目", "科目", "公开", "年度")
BUDGET_TITLE = re.compile(rf"预算{_ABOUT}{{0,8}}(?:\([^()]{{0,30}}\))?$")
TEMPLATE_TITLE = re.compile(r"(?:模板|样本|范本|样表|填报说明|编报说明|参考(?:格式|样式|文本))(?:\([^()]{0,30}\))?$")
GOVERNMENT_TITLE = re.compile(
    r"(?:财政(?:总|收支)?|政府|[市省区县州旗盟]级|本级|全[市省区县州旗盟])决算|预算执行(?!率)"
)
OTHER_TITLE = re.compile(
    r"(?<!决算)(?P<kind>通知|通报|公告|通告|办法|条例|规定|规程|细则|决定|决议|意见|批复|复函|纪要|须知|指南|制度|规则|法|审计报告|审计结果|招标公告|公示|答复|方案|计划|(?:政府|审计)工作报告)"
    r"(?:\([^()]{0,40}\))?$"
)
ARTICLE = re.compile(r"^第[一二三四五六七八九十百零]+条")
ASIDE = re.compile(
    r"网站标识码|ICP备|公网安备|版权所有|copyright|技术支持|网站地图|联系我们|关于我们|友情链接|打印(?:本页|此页|页面)?$|关闭(?:窗口|本页|页面)?$|"
    r"扫一扫|分享(?:到|至|$)|^[上下]一[篇条页]|^当前位置|^您(?:现)?在的位置|^首页|返回(?:顶部|首页)|无障碍|^字[体号][:【]|"
    r"^(?:索引号|信息索引|信息分类|主题分类|发布(?:机构|单位|时间|日期)|成文日期|生成日期|公开(?:时间|日期|方式|范围|责任部门)|发文(?:机关|字号|日期)|来源|责任编辑|编辑|作者|点击量?|浏览(?:次数|量)?|"
    r"阅读(?:次数|量)?|访问量|有效性|文号|文件编号|主办单位?|承办单位?|协办|地址|邮编|邮政编码|联系(?:电话|方式|人)|咨询电话|监督电话|电话|传真|邮箱|电子邮箱)[:：]|"
    r"\.(?:xlsx?|docx?|pdf|zip|rar)(?:\([\d.]+[KM]B?\))?$",
    re.IGNORECASE,
)
STATED_AMOUNT = re.compile(r"\d\s*(?:[十百千万亿]*元|[%％])|(?<![\d.])\d[\d,]*\.\d{2}(?![\d.]|[KMG]B)", re.IGNORECASE)
ATTACHMENTS = re.compile(r"^附(?:件|表)\d*[:：.、]|^附件(?:下载|列表|\d*$)|^附件\d*\S{0,40}$")


def fiscal_year(text: str) -> int:
    """A year as covers print it: 2022 or 二〇二二."""
    return int(text.translate(_DIGITS))


# ------------------------------------------------------------------------------------------ statements

# What may stand before 收入决算表 and 支出决算表: whose they are. Any other word makes a table of its own of them.
_OF_A_BODY = (
    r"^(?:.*(?:[年局委办厅院校所站会社团处队馆园部室署行台宫市县区镇乡村]|年度|单位|中心|学校|公司|本级))?(?:本年)?"
)
FORM_TITLES: tuple[tuple[re.Pattern[str], StatementForm | None], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"^.{0,30}(?:见|根据|按照|反映|编制说明)|专项资金|债务|补助支出", None),
        (r"三公.*经费.*表$", StatementForm.THREE_PUBLIC_EXPENSES),
        (r"国有资本经营.*(?:收入支出|收支)决算.*表$", StatementForm.STATE_CAPITAL_IN_AND_OUT),
        (r"国有资本经营.*决算.*表$", StatementForm.STATE_CAPITAL_OPERATIONS),
        (r"政府性基金.*决算.*表$", StatementForm.GOVERNMENT_MANAGED_FUNDS),
        (r"绩效|评价|汇总表$", None),
        (r"项目(?:收入支出|收支)决算.*表$", StatementForm.PROJECT_REVENUE_AND_EXPENDITURE),
        (r"项目支出决算.*表$", StatementForm.PROJECT_EXPENDITURE),
        (r"政府采购(?:支出)?(?:情况|信息|决算)?表$", StatementForm.PROCUREMENT),
        (r"资产负债(?:简)?表$", StatementForm.BALANCE_SHEET),
        (r"国有资产(?:占有|占用)?(?:使用)?(?:情况|信息)?(?:统计)?表$", StatementForm.STATE_ASSETS),
        (r"(?:机构|机关)运行(?:经费)?(?:支出)?.*(?:信息|情况|决算)?表$", StatementForm.AGENCY_OPERATING),
        (r"项目|采购|资产", None),
        (r"基本支出决算(?:明细|经济分类)?表$", StatementForm.BASIC_EXPENDITURE),
        (r"一般公共预算.*(?:收入支出|收支)决算表$", StatementForm.GENERAL_PUBLIC_BUDGET_IN_AND_OUT),
        (r"一般公共预算.*支出决算(?:功能分类)?表$", StatementForm.GENERAL_PUBLIC_BUDGET),
        (r"财政拨款支出决算明细表$", StatementForm.APPROPRIATION_DETAIL),
        (r"明细表$|(?:经济|功能)分类", None),
        (r"财政拨款(?:收入支出|收支)决算总?表$", StatementForm.FISCAL_APPROPRIATION),
        (r"(?<!拨款)(?<!预算)(?:收入支出|收支)决算总表$", StatementForm.REVENUE_AND_EXPENDITURE),
        (rf"{_OF_A_BODY}收入决算(?:总)?表$", StatementForm.REVENUE),
        (rf"{_OF_A_BODY}支出决算(?:总)?表$", StatementForm.EXPENDITURE),
    )
)
TITLE_NUMBER = re.compile(r"^(?:附?表|附件|公开)[\d一二三四五六七八九十]{1,3}(?:-\d+)?表?[:、.]?")
TITLE_ASIDE = re.compile(r"(?:\([^()]{1,16}\)|续表?|[.…·\d]+)$|^续表?[:]?")
BY_UNIT = re.compile(r"\((?:分|按)(?:预算)?(?:单位|部门).{0,4}\)$")
IN_AND_OUT_FORMS = {
    StatementForm.GENERAL_PUBLIC_BUDGET_IN_AND_OUT: StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.STATE_CAPITAL_IN_AND_OUT: StatementForm.STATE_CAPITAL_OPERATIONS,
}
BY_UNIT_FORMS = {
    StatementForm.REVENUE: StatementForm.REVENUE_BY_UNIT,
    StatementForm.EXPENDITURE: StatementForm.EXPENDITURE_BY_UNIT,
}
SIDES = {plain(member.value): member for member in Side}

# A heading is compared without numbering, 其中：, years and its unit; these patterns fit what is left whole.
OF_WHICH = re.compile(r"^(?:其中|含|其他中)[:、]?")
HEADING_UNIT = re.compile(
    r"\((?:单位[:为]?)?(?:人民币)?(?P<unit>元|千元|万元|亿元|%|个|辆|台|套|批次|人次|人|次|批|平方米|台、辆|台[、/]套|台\(套\))\)$"
)
HEADING_YEAR = re.compile(r"(?P<year>\d{4})年(?:度|的)?")
PRIOR_CARRYOVER = re.compile(r"上年(?:度|财政拨款)?(?:结转|结余)")
ASIDE_HEADINGS = ("备注", "说明", "项目名称", "原因", "绩效")
BESIDE_HEADING = re.compile(
    r"会议费|培训费|教育收费|团组|人次|批次|保有量|购置数|(?:国内|外事|境\)外).*接待|统计数|^行次$"
)
PERCENT = re.compile(r"%|率$|比例|比重|百分比")
BEFORE = re.compile(r"上年|上一年|去年|比上|增减|增长|较")
CODE_HEADING = re.compile(r"^(?!单位|部门|预算|项目).*(?:编码|代码|编号)$|^(?:类|款|项|类款|款项|类款项)$")
NAME_HEADING = re.compile(
    r"^.*科目(?:名称)?$|^名称$|^.*科目\(?编码(?:及|和|与|、)(?:科目)?名称\)?$|^(?:支出)?(?:功能|经济)分类(?:名称)?$"
)
UNIT_HEADING = re.compile(r"^(?:预算)?(?:单位|部门)(?:名称)?$")
UNIT_CODE_HEADING = re.compile(r"^(?:预算)?(?:单位|部门)(?:编码|代码)$")
LABEL_HEADING = re.compile(r"^(?:收入|支出)?(?:项目|栏目)(?:名称)?(?:\(.*\))?$|^按.*分类$|^支出功能分类科目$")
NATURE_HEADING = re.compile(r"性质|经济分类")
GOVERNMENT_CLASSES = "政府预算"
CODE_PARTS = ("类", "款", "项")
LINE_NUMBER_COLUMN = "行次"
COLUMN_NUMBERS = "栏次"
UNNUMBERED_COLUMN = re.compile(r"\*+|[甲乙丙丁]")
NOTHING = re.compile(r"[/／\\*]+|无")  # what some print in every cell of a table that has no amounts
MONEY_HEADING = re.compile(r"金额|价值|原值|净值|账面|费用?$|支出$|收入$")
COUNTED = (
    (re.compile(r"车"), "辆"),
    (re.compile(r"设备"), "台"),
    (re.compile(r"面积|房屋"), "平方米"),
)
COUNTED_ROWS = (
    (re.compile(r"团组"), "个"),
    (re.compile(r"批次"), "批次"),
    (re.compile(r"人次"), "人次"),
    (re.compile(r"(?:用车|车辆数?|保有量|购置数)(?:合计)?$"), "辆"),
    (re.compile(r"设备$"), "台"),
)
MEETINGS_HEADING = re.compile(r"会议费|培训费")
CODED_LABEL = re.compile(r"^[\[(【]?(?P<code>\d{3}(?:\d{2}){0,2})[\])】]?[-:、.]?(?P<name>\D.*)$")


def _whole(table: Mapping[T, str]) -> tuple[tuple[re.Pattern[str], T], ...]:
    return tuple((re.compile(rf"(?:{pattern})"), member) for member, pattern in table.items())


_FUND = r"(?:预算)?(?:财政)?(?:拨款)?(?:收入|支出|安排的支出)?"
_CARRYOVER = r"(?:财政拨款)?结转(?:和|及|与|、)?(?:结余)?(?:资金)?"
HEADINGS = _whole({
    ColumnKey.AMOUNT: r"(?:政府采购)?(?:本年)?(?:决算)?(?:金额|数额?)(?:合计)?|决算金额|支出决算",
    ColumnKey.TOTAL: r"(?:本年|基本)?(?:收入|支出|经费支出)?(?:合计|小计|总计)"
        r"|本年支出|三公经费(?:合计|小计|支出合计|支出)?|支出合计",
    ColumnKey.FISCAL_APPROPRIATION: r"财政拨款(?:收入)?|财政补助收入",
    ColumnKey.SUBSIDY_FROM_SUPERIOR: r"上级补助收入",
    ColumnKey.OPERATING_SERVICE: r"事业收入",
    ColumnKey.BUSINESS_REVENUE: r"(?:事业单位)?经营收入",
    ColumnKey.REMITTANCE_FROM_AFFILIATES: r"附属单位(?:上缴|缴款)(?:收入)?",
    ColumnKey.OTHER_REVENUE: r"其他收入",
    ColumnKey.BASIC: r"基本支出(?:合计|小计)?",
    ColumnKey.PROJECT: r"项目支出(?:合计|小计)?",
    ColumnKey.REMITTANCE_TO_SUPERIOR: r"上缴上级(?:支出)?",
    ColumnKey.BUSINESS_EXPENDITURE: r"(?:事业单位)?经营支出",
    ColumnKey.SUBSIDY_TO_AFFILIATES: r"对附属单位(?:的)?补助(?:支出)?",
    ColumnKey.GENERAL_PUBLIC_BUDGET: rf"一般公共预算{_FUND}",
    ColumnKey.GOVERNMENT_MANAGED_FUNDS: rf"政府性基金{_FUND}",
    ColumnKey.STATE_CAPITAL_OPERATIONS: rf"国有资本经营{_FUND}",
    ColumnKey.OPENING_CARRYOVER: rf"(?:年初|上年){_CARRYOVER}",
    ColumnKey.CURRENT_YEAR_REVENUE: r"本年收入",
    ColumnKey.CLOSING_CARRYOVER: rf"(?:年末|结转下年|本年年末){_CARRYOVER}|结转下年",
    ColumnKey.OVERSEAS_OFFICIAL_TRAVEL: r"因公出国\(境\)(?:经?费用?)?(?:支出)?",
    ColumnKey.OFFICIAL_VEHICLES: r"公务用车(?:购置(?:及|和|与|、)运行)?(?:维护)?(?:经?费用?)?(?:支出)?",
    ColumnKey.OFFICIAL_VEHICLE_PURCHASE: r"(?:公务用车)?购置(?:经?费用?)?(?:支出)?",
    ColumnKey.OFFICIAL_VEHICLE_OPERATION: r"(?:公务用车)?运行(?:维护)?(?:经?费用?)?(?:支出)?",
    ColumnKey.OFFICIAL_HOSPITALITY: r"公务接待(?:经?费用?)?(?:支出)?",
    ColumnKey.PERSONNEL: r"人员(?:经费|支出)(?:合计|小计)?",
    ColumnKey.OPERATING: r"(?:日常)?公用(?:经费|支出)(?:合计|小计)?",
})  # fmt: skip
PHASE_HEADINGS = _whole({
    Phase.BUDGET: r"(?:年初|全年|调整后?|本年)?预算(?:数|金额|安排数?)?(?:合计)?",
    Phase.FINAL: r"(?:本年|全年)?(?:支出)?决算(?:统计)?(?:数|金额)?(?:合计)?|(?:实际)?(?:支出|执行)数",
})  # fmt: skip
INITIAL = "年初"

TOTAL_LABELS = frozenset(
    {"合计", "总计", "本年支出合计", "本年收入合计", "支出合计", "收入合计", "支出总计", "收入总计"}
)
ITEM_LABELS = _whole({
    LineItem.TOTAL: r"合计",
    LineItem.CURRENT_YEAR_REVENUE: r"本年收入(?:合计|小计|总计)?|收入合计",
    LineItem.CURRENT_YEAR_EXPENDITURE: r"本年支出(?:合计|小计|总计)?|支出合计",
    LineItem.GRAND_TOTAL: r"(?:收入|支出)?总计",
    LineItem.NON_FISCAL_SURPLUS_USED: r"使用(?:以前年度)?非财政拨款结余.*|使用专用结余|用事业基金弥补收支差额",
    LineItem.SURPLUS_DISTRIBUTION: r"结余分配",
    LineItem.OPENING_CARRYOVER: rf"(?:年初|上年){_CARRYOVER}",
    LineItem.CLOSING_CARRYOVER: rf"(?:年末|结转下年){_CARRYOVER}|结转下年",
    LineItem.GENERAL_PUBLIC_BUDGET: rf"一般公共预算{_FUND}",
    LineItem.GOVERNMENT_MANAGED_FUNDS: rf"政府性基金{_FUND}",
    LineItem.STATE_CAPITAL_OPERATIONS: r"国有资本经营(?:预算)?(?:财政)?(?:拨款)?(?:收入)?",
    LineItem.SUBSIDY_FROM_SUPERIOR: r"上级补助收入",
    LineItem.OPERATING_SERVICE: r"事业收入",
    LineItem.BUSINESS: r"(?:事业单位)?经营收入",
    LineItem.REMITTANCE_FROM_AFFILIATES: r"附属单位(?:上缴|缴款)(?:收入)?",
    LineItem.OTHER: r"其他收入",
    LineItem.PERSONNEL_TOTAL: r"人员经费(?:合计|小计|总计)",
    LineItem.OPERATING_TOTAL: r"(?:日常)?公用经费(?:合计|小计|总计)",
})  # fmt: skip

_CATEGORIES = """
201 一般公共服务|202 外交|203 国防|204 公共安全|205 教育|206 科学技术|207 文化旅游体育与传媒
208 社会保障和就业|210 卫生健康|211 节能环保|212 城乡社区|213 农林水|214 交通运输|215 资源勘探工业信息等
216 商业服务业等|217 金融|219 援助其他地区|220 自然资源海洋气象等|221 住房保障|222 粮油物资储备
223 国有资本经营预算|224 灾害防治及应急管理|229 其他|231 债务还本|232 债务付息|233 债务发行费用
234 抗疫特别国债安排的
207 文化体育与传媒|210 医疗卫生与计划生育|210 医疗卫生|215 资源勘探信息等|215 资源勘探电力信息等
220 国土海洋气象等|213 农林水事务|211 环境保护|221 住房保障|228 国有资本经营预算
"""
FUNCTIONAL_CATEGORIES = {entry[4:]: entry[:3] for entry in _CATEGORIES.replace("\n", "|").split("|") if entry}


def subject_name(text: str) -> str:
    """A subject's name as names are compared: plain, unnumbered, without a closing 支出."""
    return unnumbered(text).removesuffix("支出")


# ------------------------------------------------------------------------------------------ performance sheets

SUMMARY_TITLE = re.compile(r"绩效(?:目标)?自评(?:情况|结果|得分)?(?:汇总|一览)表$")
SHEET_TITLE = re.compile(
    r"^(?!.*(?:整体|汇总|一览|:\d))[^。;,]{0,40}绩效(?:目标)?(?:完成情况)?自评(?:价)?(?:情况|结果)?表(?:\([^()]{0,12}\))?$"
)
WHOLE_SHEET_TITLE = re.compile(r"整体(?:支出)?绩效(?:目标)?(?:完成情况)?自评(?:价)?(?:情况|结果)?表")
REPORT_TITLE = re.compile(r"(?:绩效)?评价报告$")

SUMMARY_NUMBER = ("序号", "编号")
SUMMARY_PROJECT = re.compile(r"项目(?:支出)?名称$|^(?:预算)?项目$")
SUMMARY_UNIT = re.compile(r"单位(?:名称)?$")
SUMMARY_SCORE = re.compile(r"(?:自评)?(?:得分|分数|评分|总分)$")
SUMMARY_GRADE = re.compile(r"(?:等级|等次|评级)$")

# The head of a sheet: labels before their values, without what stands in brackets or after a colon.
SHEET_PROJECT = re.compile(r"^(?:预算)?项目(?:支出)?名称$")
SHEET_DEPARTMENT = re.compile(r"^(?:项目)?(?:预算)?主管(?:部门|单位)(?:名称)?(?:及代码)?$|^预算部门$")
SHEET_UNIT = re.compile(r"^(?:项目)?(?:具体)?(?:实施|预算|填报|使用|资金使用|承担)单位(?:名称)?(?:及代码)?$")
SHEET_ASIDE = re.compile(
    r"^(?:项目)?(?:负责人|联系人|联系电话|电话|填表人|填报(?:日期|时间|人)|评价时间|项目代码|项目编码|项目类别|项目属性)$"
)
SHEET_GOAL = re.compile(r"^(?:年初|年度)?(?:设定|总体)?(?:预期|项目年度|绩效)目标$|^年初设定目标$|^预期目标情况$")
SHEET_OUTCOME = re.compile(r"^(?:年度)?(?:总体)?(?:目标)?(?:实际)?完成情况(?:综述)?$|^全年实际完成情况$")
SHEET_TOTAL = re.compile(r"^(?:自评)?(?:总(?:得)?分|合计|总计|总评分|评分合计)$")
SHEET_FUNDS = re.compile(r"(?:资金|预算|执行).{0,16}?(?<!人民)\((?:单位:)?(元|千元|万元|亿元)\)")
WEIGHT_IN_LABEL = re.compile(r"^(?P<name>\D+?)\(?(?P<weight>\d+(?:\.\d+)?)分?\)?$")
PLACEHOLDER = re.compile(r"^(?:指标\d*[:.、]?|[.…]+|无|/|-+|—+)$")
INDICATOR_NUMBER = re.compile(r"^指标\d+[:：.、]")

# 102004-某局, [102004]某局, 102004某局, 某局(102004)
CODED_NAME = re.compile(r"^[\[(]?(?P<code>\d{3,})[\])]?[-—_:]?(?P<name>[^\d\-].*)$")
NAME_CODED = re.compile(r"^(?P<name>.+?)[\[(](?P<code>\d{3,})[\])]$")

FUNDING_COLUMNS: Meanings[FundingQuantity] = (
    (re.compile(r"^(?:年初|原)预算(?:安排)?(?:数|金额|资金)?$"), FundingQuantity.INITIAL_BUDGET),
    (
        re.compile(r"^(?:全年|调整后?|本年|调整后全年)预算(?:安排)?(?:数|金额)?$|^预算调整数$"),
        FundingQuantity.REVISED_BUDGET,
    ),
    (
        re.compile(r"^(?:全年|预算|实际|本年|资金)?(?:执行|支出)(?:数|金额)?$|^实际执行数$|^决算数$"),
        FundingQuantity.EXECUTED,
    ),
    (re.compile(r"^(?:分值|权重|标准分)$"), FundingQuantity.MAX_SCORE),
    (re.compile(r"^(?:预算|资金)?(?:执行|支出)率(?:%)?$"), FundingQuantity.EXECUTION_RATE),
    (re.compile(r"^(?:自评)?得分$"), FundingQuantity.SCORE),
)
YEARS_BUDGET = re.compile(
    r"^(?:年度)?预算(?:数|金额|安排)$"
)  # the whole year's, where no other budget stands beside it
FUND_SOURCES: Meanings[FundSource] = (
    (re.compile(r"^(?:年度|项目|本年度?)*(?:资金|预算)?(?:总额|总计|合计|总金额)$"), FundSource.TOTAL),
    (re.compile(r"结转|结余"), FundSource.PRIOR_YEAR_CARRYOVER),
    (re.compile(r"财政专户"), FundSource.SPECIAL_ACCOUNT),
    (re.compile(r"^单位(?:自有)?资金$|^自[筹有]资金$"), FundSource.UNIT_FUNDS),
    (
        re.compile(r"^(?:当年|本年|年度)?(?:度)?(?:财政|一般公共预算)(?:财政)?(?:拨款|资金|拨款资金|性资金|安排)?$"),
        FundSource.FISCAL_APPROPRIATION,
    ),
)

INDICATOR_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "level_1": re.compile(r"^一级(?:指标)?$"),
    "level_2": re.compile(r"^二级(?:指标)?$"),
    "level_3": re.compile(r"^三级(?:指标)?(?:名称)?$|^(?:具体)?指标名称$|^(?:绩效)?指标内容$"),
    "initial": re.compile(r"^年初(?:设定)?(?:指标|目标)值$|^(?:年初)?原(?:指标|目标)值$"),
    "adjusted": re.compile(r"^调整后?(?:的)?(?:年度)?(?:指标|目标)值$"),
    "target": re.compile(r"^(?:年度|全年|预期|绩效|年度绩效|计划)?(?:指标|目标)值(?:设定)?$|^(?:计划|预期)值$|^数值$"),
    "actual": re.compile(
        r"^(?:全年|年度|指标)?(?:实际)?完成(?:指标|情况)?值?$|^(?:全年)?实际(?:完成)?(?:指标)?值$|^完成情况$"
    ),
    "max_score": re.compile(r"^(?:指标)?(?:分值|权重|权数|标准分|满分)(?:分值)?$"),
    "score": re.compile(r"^(?:自评|评价|指标)?(?:得分|评分|分数)$"),
    "comparator": re.compile(r"^(?:指标)?(?:性质|方向|符号|运算符号?|计算符号)$"),
    "unit": re.compile(r"^(?:度量|计量|指标)?单位$"),
    "note": re.compile(r"偏差|未完成|原因|改进措施|^备注$|^说明$"),
}

INDICATOR_GROUPS: Meanings[IndicatorKind] = (
    (re.compile(r"^(?:项目)?产出(?:指标)?$"), IndicatorKind.OUTPUT),
    (re.compile(r"^(?:项目)?效[益果](?:指标)?$"), IndicatorKind.OUTCOME),
    (re.compile(r"^满意度(?:指标)?$"), IndicatorKind.SATISFACTION),
    (re.compile(r"^成本(?:指标|控制)?$"), IndicatorKind.COST),
)
INDICATOR_CLASSES: Meanings[IndicatorKind] = (
    (re.compile(r"^(?:产出)?数量(?:指标)?$"), IndicatorKind.QUANTITY),
    (re.compile(r"^(?:产出)?质量(?:指标)?$"), IndicatorKind.QUALITY),
    (re.compile(r"^(?:产出)?时效(?:指标)?$"), IndicatorKind.TIMELINESS),
    (re.compile(r"^(?:产出|经济|社会|生态环境)?成本(?:指标|控制)?$"), IndicatorKind.COST),
    (re.compile(r"^经济效益(?:指标)?$"), IndicatorKind.ECONOMIC_BENEFIT),
    (re.compile(r"^社会效益(?:指标)?$"), IndicatorKind.SOCIAL_BENEFIT),
    (re.compile(r"^(?:生态|环境|生态环境)效益(?:指标)?$"), IndicatorKind.ECOLOGICAL_BENEFIT),
    (re.compile(r"^可持续(?:性|发展)?(?:影响)?(?:指标)?$"), IndicatorKind.SUSTAINABILITY),
    (re.compile(r"^[^,。]{0,16}满意度(?:指标)?$"), IndicatorKind.SERVICE_SATISFACTION),
)


def meaning(label: str, table: Meanings[T]) -> T | None:
    """What a label means, numbering, brackets and colons aside."""
    bare = _bare(label)
    return next((found for pattern, found in table if pattern.search(bare)), None)


def is_label(label: str, pattern: re.Pattern[str]) -> bool:
    """Is a cell that label, numbering, brackets and colons aside?"""
    return bool(pattern.search(_bare(label)))


_AROUND_LABEL = re.compile(r"^其中:|(?:\([^()]*\)|[:.])+$")


@lru_cache(8192)
def _bare(label: str) -> str:
    return _AROUND_LABEL.sub("", unnumbered(label))


COMPARATORS = _labels(
    Comparator,
    {
        Comparator.AT_LEAST: ">=|≧|不低于|不少于|大于等于|大于或等于|至少",
        Comparator.AT_MOST: "<=|≦|不高于|不超过|小于等于|小于或等于|控制在",
        Comparator.EQUAL: "等于",
        Comparator.GREATER: "大于|超过",
        Comparator.LESS: "小于|低于",
    },
)

# ------------------------------------------------------------------------------------------ the prose

# A passage is about the topic of its heading, else of its subheading, else of the words that it opens with.
TOPICS: tuple[tuple[re.Pattern[str], Topic], ...] = (
    (re.compile(r"三公"), Topic.THREE_PUBLIC),
    (re.compile(r"会议费|培训费"), Topic.MEETINGS_AND_TRAINING),
    (re.compile(r"机关(?:\(事业\))?运行(?:\(公用\))?经费|履职经费"), Topic.AGENCY_OPERATING),
    (re.compile(r"政府采购"), Topic.PROCUREMENT),
    (re.compile(r"国有资产|车辆|资产占[有用]"), Topic.STATE_ASSETS),
    (re.compile(r"绩效"), Topic.PERFORMANCE),
    (re.compile(r"基本支出决算|财政拨款基本支出"), Topic.BASIC_EXPENDITURE),
)


def _patterns(table: Mapping[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), item) for item, pattern in table.items())


ITEMS: Mapping[Topic, tuple[tuple[re.Pattern[str], str], ...]] = {
    Topic.BASIC_EXPENDITURE: _patterns(
        {
            "TOTAL": r"基本支出",
            "PERSONNEL": r"人员经费",
            "OPERATING": r"公用经费",
            "WAGES_AND_BENEFITS": r"工资福利支出",
            "GOODS_AND_SERVICES": r"商品(?:和|及)服务支出",
            "TRANSFERS_TO_INDIVIDUALS": r"对个人(?:和|及)家庭的?补助(?:支出)?",
            "CAPITAL_EXPENDITURE": r"资本性支出",
        }
    ),
    Topic.MEETINGS_AND_TRAINING: _patterns({"MEETINGS": r"会议(?!费和|费、)", "TRAINING": r"培训"}),
    Topic.THREE_PUBLIC: _patterns(
        {
            "TOTAL": r"三公”?经费",
            "OVERSEAS_OFFICIAL_TRAVEL": r"因公出国\(境\)费?",
            "OFFICIAL_VEHICLES": r"公务用车购置(?:及|和|与|、)(?:公务用车)?运行(?:维护)?费?",
            "OFFICIAL_VEHICLE_PURCHASE": r"公务用车购置(?!及|和|与|、)费?|购置公务用车|(?<!用车)(?<!设备)购置费",
            "OFFICIAL_VEHICLE_OPERATION": r"(?<!购置[及和与、])(?:公务用车)?运行[及和与、]?维护(?:费|支出)"
            r"|(?:公务用车|公车)运行(?:费|支出|经费)|公务用车保有量|[共现实保]有公务用车",
            "OFFICIAL_HOSPITALITY": r"公务接待费?",
            "DOMESTIC_RECEPTION": r"国内接待费?|国内公务接待",
            "FOREIGN_AFFAIRS_RECEPTION": r"外[事宾]接待",
            "OVERSEAS_RECEPTION": r"国\(境\)外(?:公务)?接待费?",
        }
    ),
    Topic.AGENCY_OPERATING: _patterns({"TOTAL": r"机关运行经费"}),
    Topic.PROCUREMENT: _patterns(
        {
            "TOTAL": r"政府采购支出(?:总额)?|政府采购金额",
            "GOODS": r"(?:政府采购)?货物(?:采购)?(?:支出|金额)?",
            "WORKS": r"(?:政府采购)?工程(?:采购)?(?:支出|金额)?",
            "SERVICES": r"(?:政府采购)?服务(?:采购)?(?:支出|金额)?",
            "SMALL_AND_MEDIUM": r"中小企业",
            "MICRO_AND_SMALL": r"小微企业|小型微型企业",
            "GOODS_TO_SMALL_AND_MEDIUM": r"货物采购授予中小企业",
            "WORKS_TO_SMALL_AND_MEDIUM": r"工程采购授予中小企业",
            "SERVICES_TO_SMALL_AND_MEDIUM": r"服务采购授予中小企业",
        }
    ),
    Topic.STATE_ASSETS: _patterns(
        {
            "VEHICLES": r"(?<!处置)(?<!报废)(?<!报损)(?<!购置)(?<!新增)(?<!出租)(?<!租用)(?:共有|占有|保有)?车辆",
            "VEHICLE_USE": r"用车",
            "EQUIPMENT": r"(?:以上)?(?:通用|专用)?设备",
        }
    ),
    Topic.PERFORMANCE: _patterns(
        {
            "SELF_EVALUATION": r"自评",
            "DEPARTMENTAL_EVALUATION": r"部门评价",
            "FISCAL_EVALUATION": r"财政评价",
            "SELF_EVALUATION_SHEETS": r"绩效自评表",
            "GOAL_SETTING": r"编报绩效目标|绩效目标管理|绩效目标编制",
            "MONITORING": r"绩效(?:跟踪|监控|运行监控)",
            "GRADE": r"(?:等级|评级)为",
        }
    ),
}

_FUNDS = r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营预算)"
_BOTH = r"(?:总收入[、和及与]?总支出|收入?(?:决算)?(?:总计|总额)?[、和及与]?支出?(?:决算)?(?:总计|总额|总数))"


@dataclass(frozen=True, slots=True)
class Total:
    """What prose calls a total, a source, a nature or a fund: which items it is, and what it measures."""

    pattern: str
    items: tuple[str, ...]
    measure: Measure | None = None


# Of those that match at one place the first counts; the items of a fund are completed by side, see `mentions`.
TOTALS: tuple[Total, ...] = (
    Total(
        rf"财政拨款{_BOTH}", ("APPROPRIATION_GRAND_TOTAL",), Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER
    ),
    Total(
        r"财政拨款(?:总(?:收入|支出)|(?:收入|支出)(?:决算)?(?:总计|总额))",
        ("APPROPRIATION_GRAND_TOTAL",), Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER,
    ),
    Total(_BOTH, ("REVENUE_GRAND_TOTAL", "EXPENDITURE_GRAND_TOTAL"), Measure.REVENUE_WITH_CARRYOVER),
    Total(
        r"收入?[、和及与]?支出?(?=各|均|分别)", ("REVENUE_GRAND_TOTAL", "EXPENDITURE_GRAND_TOTAL"),
        Measure.REVENUE_WITH_CARRYOVER,
    ),
    Total(r"收入(?:决算)?(?:总计|总额)|总收入", ("REVENUE_GRAND_TOTAL",), Measure.REVENUE_WITH_CARRYOVER),
    Total(r"支出(?:决算)?(?:总计|总额)|总支出", ("EXPENDITURE_GRAND_TOTAL",), Measure.EXPENDITURE_WITH_CARRYOVER),
    Total(rf"{_FUNDS}(?:当年|本年)?(?:财政)?(?:拨款|资金)?(?:本年|当年)?(?:收入|支出)?(?:决算)?(?:合计)?", ("FUND",)),
    Total(r"财政拨款(?:本年|当年)?收入(?:合计)?", ("FISCAL_APPROPRIATION",), Measure.REVENUE),
    Total(
        r"财政拨款(?:本年|当年)?支出(?:决算)?(?:合计)?", ("APPROPRIATION_EXPENDITURE",),
        Measure.APPROPRIATION_EXPENDITURE,
    ),
    Total(r"(?:本年度?)?收入(?:决算)?合计|本年度?收入|收入决算数?(?=[为是:]?\d)", ("REVENUE_TOTAL",), Measure.REVENUE),
    Total(r"(?:本年度?)?支出(?:决算)?合计|本年度?支出", ("EXPENDITURE_TOTAL",), Measure.EXPENDITURE),
    Total(r"上级补助收入", ("SUBSIDY_FROM_SUPERIOR",), Measure.REVENUE),
    Total(r"事业收入", ("OPERATING_SERVICE",), Measure.REVENUE),
    Total(r"经营收入", ("BUSINESS_REVENUE",), Measure.REVENUE),
    Total(r"附属单位(?:上缴|缴款)收入", ("REMITTANCE_FROM_AFFILIATES",), Measure.REVENUE),
    Total(r"其他收入", ("OTHER_REVENUE",), Measure.REVENUE),
    Total(r"基本支出", ("BASIC",), Measure.EXPENDITURE),
    Total(r"项目支出", ("PROJECT",), Measure.EXPENDITURE),
    Total(r"上缴上级支出", ("REMITTANCE_TO_SUPERIOR",), Measure.EXPENDITURE),
    Total(r"经营支出", ("BUSINESS_EXPENDITURE",), Measure.EXPENDITURE),
    Total(r"对附属单位补助支出", ("SUBSIDY_TO_AFFILIATES",), Measure.EXPENDITURE),
    Total(
        r"使用非财政拨款结余(?:\(?(?:和|含)专用结余\)?)?|用事业基金弥补收支差额", ("NON_FISCAL_SURPLUS_USED",)
    ),
    Total(r"结余分配", ("SURPLUS_DISTRIBUTION",)),
    Total(r"(?:年初|上年)(?:财政拨款)?结转(?:[和及]?结余)?(?:资金)?", ("OPENING_CARRYOVER",)),
    Total(r"(?:年末(?:财政拨款)?结转(?:[和及]?结余)?|结转(?:至|到)?下年)(?:资金)?", ("CLOSING_CARRYOVER",)),
    Total(r"三公”?经费(?:财政拨款)?(?:支出)?", ("THREE_PUBLIC",), Measure.THREE_PUBLIC_FINAL),
)  # fmt: skip

STATED: Mapping[Measure, re.Pattern[str]] = {
    measure: re.compile(rf"(?:其中:)?(?:{pattern})")
    for measure, pattern in {
        Measure.AGENCY_OPERATING: r"机关运行经费(?:支出)?(?:合计)?",
        Measure.PROCUREMENT: r"政府采购(?:支出|金额)?(?:总额|合计|总计)?|(?:采购)?合计",
        Measure.PROCUREMENT_GOODS: r"(?:政府采购)?货物(?:类|采购)?(?:支出|金额)?",
        Measure.PROCUREMENT_WORKS: r"(?:政府采购)?工程(?:类|采购)?(?:支出|金额)?",
        Measure.PROCUREMENT_SERVICES: r"(?:政府采购)?服务(?:类|采购)?(?:支出|金额)?",
        Measure.PROCUREMENT_FROM_SMALL_AND_MEDIUM: r"(?:政府采购)?授予中小企业的?合同(?:金额)?",
        Measure.PROCUREMENT_FROM_MICRO_AND_SMALL: r"(?:政府采购)?授予(?:小微企业|小型微型企业)的?合同(?:金额)?",
        Measure.VEHICLES: r"车辆数?(?:合计|总数)?",
        Measure.EQUIPMENT: r"单(?:位价值|价)\d+万元(?:\(含\))?以上的?设备.*",
        Measure.OVERSEAS_TRIPS: r"因公出国\(境\)团组数?",
        Measure.OVERSEAS_TRAVELLERS: r"因公出国\(境\)人次?数?",
        Measure.VEHICLES_PURCHASED: r"公务用车购置数量?",
        Measure.VEHICLES_KEPT: r"公务用车保有量?",
        Measure.RECEPTIONS: r"(?:国内)?公务接待批次数?",
        Measure.RECEPTION_GUESTS: r"(?:国内)?公务接待人次?数?",
    }.items()
}
STATED_UNIT = re.compile(r"\((?:个|辆|台|批次?|人次?|次|台、辆|辆、台|台、?\(?套\)?|万元|元)\)$")
COUNTS: Mapping[Measure, re.Pattern[str]] = {
    Measure.VEHICLES: re.compile("辆|台"),
    Measure.EQUIPMENT: re.compile(r"台|套|件|个|台\(套\)|台套"),
    Measure.OVERSEAS_TRIPS: re.compile("个|批次?|团"),
    Measure.OVERSEAS_TRAVELLERS: re.compile("人次?"),
    Measure.VEHICLES_PURCHASED: re.compile("辆|台"),
    Measure.VEHICLES_KEPT: re.compile("辆|台"),
    Measure.RECEPTIONS: re.compile("批次?|次|个"),
    Measure.RECEPTION_GUESTS: re.compile("人次?"),
}
SET_ASIDE = re.compile("预留")
CODE_BOOK_CODE = re.compile("(?:功能分类|经济分类)?(?:科目)?(?:编码|代码)")
CODE_BOOK_NAME = re.compile("(?:功能分类|经济分类)?(?:科目)?名称")

CHANGE = re.compile(
    r"增加|增长|增支|增收|增多|上升|提高|多支出|升幅|增幅|涨幅|减少|下降|降低|减支|减收|少支出|压减|缩减|降幅|减幅|下浮|回落"
    r"|节约|节省|压缩|超支|(?<=[数算额年期])[少多]"
)
DECREASE = re.compile(r"减|降|少|小于|低于|下浮|回落|节约|节省|压缩")
_UP, _DOWN = "(?:增长|增加|上升|提高)", "(?:下降|减少|降低)"
# both directions where the form wanted one to be chosen: 下降（增长）
EITHER = re.compile(rf"{_UP}[（(/／]{_DOWN}[）)]?|{_DOWN}[（(/／]{_UP}[）)]?|(?:大于|高于)[（(/／](?:小于|低于|等于)")
FLAT = re.compile(r"(?:持平|一致|相同|无变化|没有变化|无增减)")
LAST_YEAR = r"(?:上一?年度?|上一?度|去年|\d{4}年度?)(?:同期)?"
EVALUATION_SCORE = re.compile(r"(?P<name>[^,。)]{1,60}?)(?:项目)?,?绩效评价得分为?")

REASONS: tuple[tuple[re.Pattern[str], DeviationReason], ...] = (
    (re.compile(r"过紧日子|勤俭节约|压减|八项规定|厉行节约"), DeviationReason.AUSTERITY),
    (re.compile(r"政策(?:性)?(?:调整|变化|变动)|基数(?:变更|调整|变化)"), DeviationReason.POLICY_CHANGE),
    (re.compile(r"疫情"), DeviationReason.PANDEMIC),
    (re.compile(r"人员.{0,8}(?:变化|变动|增加|减少|调整)|人数"), DeviationReason.HEADCOUNT_CHANGE),
    (re.compile(r"科目.{0,6}(?:调整|变化|变动)"), DeviationReason.SUBJECT_RECLASSIFIED),
)
