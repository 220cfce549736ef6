import { SankeyChart, TreemapChart, type SankeySeriesOption, type TreemapSeriesOption } from 'echarts/charts';
import { TooltipComponent, type TooltipComponentOption } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

// only what is drawn here: two kinds of pictures, SVG for the page and a canvas for the PNG file
echarts.use([TreemapChart, SankeyChart, TooltipComponent, SVGRenderer, CanvasRenderer]);

export type PictureOption = echarts.ComposeOption<TreemapSeriesOption | SankeySeriesOption | TooltipComponentOption>;
export { echarts };
