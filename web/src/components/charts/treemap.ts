import type { PictureOption } from './echarts';
import { extent } from './../figures/money';
import { FONT, palette, tooltipLines } from './palette';

/** An area: what it is called, the exact amount that it prints, and what lies within. */
export interface Area {
  id: string;
  code: string;
  name: string;
  fen: string;
  amount: string;
  share: string | null;
  within: Area[];
}

interface Drawn {
  id: string;
  name: string;
  value: number;
  label: { formatter: string };
  tip: string[];
  children?: Drawn[];
  itemStyle?: { color: string };
}

export function treemap(areas: readonly Area[]): PictureOption {
  const { areas: colours, paper, ink } = palette();
  const data = areas.map((area, place) => ({
    ...drawn(area),
    itemStyle: { color: colours[place % colours.length] ?? ink },
  }));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: { renderMode: 'html', className: 'tooltip-box', formatter: (event) => tip(event) },
    series: [
      {
        type: 'treemap',
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        squareRatio: 1.2,
        visibleMin: 40,
        label: { show: true, position: 'insideTopLeft', fontFamily: FONT, fontSize: 12, lineHeight: 17, color: '#fff', overflow: 'truncate' },
        upperLabel: { show: true, height: 26, color: '#fff', fontSize: 13, fontFamily: FONT, overflow: 'truncate' },
        itemStyle: { borderColor: paper, borderWidth: 1, gapWidth: 1 },
        levels: [
          { itemStyle: { borderWidth: 0, gapWidth: 3 }, upperLabel: { show: false } },
          { itemStyle: { borderWidth: 0, gapWidth: 1 } },
          { colorSaturation: [0.28, 0.5] },
        ],
        data,
      },
    ],
  };
}

function drawn(area: Area): Drawn {
  const { id, code, name, fen, amount, share } = area;
  const label = `${code} ${name}\n${amount}${share === null ? '' : `  ${share}%`}`;
  const upper = `${code} ${name}  ${amount}`;
  const own: Drawn = { id, name: area.within.length > 0 ? upper : `${code} ${name}`, value: extent(fen), label: { formatter: label }, tip: [`${code} ${name}`, amount, share === null ? '' : `${share}%`] };
  return area.within.length > 0 ? { ...own, children: area.within.map(drawn) } : own;
}

function tip(event: unknown): HTMLElement | string {
  const data = (event as { data?: { tip?: string[] } }).data;
  return data?.tip === undefined ? '' : tooltipLines(data.tip.filter((line) => line !== ''));
}
