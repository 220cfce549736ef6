"""项目支出绩效自评: the summary of self-evaluations and the sheet of each project."""

from graph_data.reading.sheets.indicators import read_indicators
from graph_data.reading.sheets.sheet import Sheet, SheetHead, read_head, read_sheet
from graph_data.reading.sheets.summary import SummaryRow, read_summary

__all__ = ["Sheet", "SheetHead", "SummaryRow", "read_head", "read_indicators", "read_sheet", "read_summary"]
