import type { PictureOption } from './echarts';
import { extent } from './../figures/money';
import { colourOf, FONT, palette, tooltipLines } from './palette';

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
  upperLabel: { formatter: string };
  tip: string[];
  children?: Drawn[];
  itemStyle: { color: string; borderColor: string };
}

export function treemap(areas: readonly Area[]): PictureOption {
  const { areas: colours, paper } = palette();
  const data = areas.map((area) => drawn(area, colourOf(area.code, colours)));
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
        upperLabel: { show: true, height: 26, padding: [0, 6], color: '#fff', fontSize: 13, fontFamily: FONT, overflow: 'truncate' },
        itemStyle: { borderColor: paper, borderWidth: 1, gapWidth: 1 },
        levels: [
          { itemStyle: { borderWidth: 0, gapWidth: 3 }, upperLabel: { show: false } },
          { itemStyle: { borderWidth: 1, gapWidth: 1 } },
        ],
        data,
      },
    ],
  };
}

/** Shares in percent below which an area is too narrow for its amount: a number that is cut would be another number. */
const LEAST = { head: 12, area: 2 };

/** A subject and what lies within it: the same colour, the inner ones a little lighter. */
function drawn(area: Area, colour: string): Drawn {
  const { id, code, name, fen, amount, share, within } = area;
  const title = `${code} ${name}`;
  const part = Math.abs(Number(share ?? 0));
  const own = {
    id,
    name: title,
    upperLabel: { formatter: part < LEAST.head ? title : `${title}  ${amount}` },
    value: extent(fen),
    label: { formatter: part < LEAST.area ? title : `${title}\n${amount}  ${share}%` },
    tip: [title, amount, share === null ? '' : `${share}%`],
    itemStyle: { color: colour, borderColor: colour },
  };
  return within.length > 0 ? { ...own, children: within.map((one) => drawn(one, lighter(colour))) } : own;
}

const LIGHTER = 0.16;

function lighter(colour: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * LIGHTER)).join(' ')})`.replaceAll(' ', ',');
}

function tip(event: unknown): HTMLElement | string {
  const data = (event as { data?: { tip?: string[] } }).data;
  return data?.tip === undefined ? '' : tooltipLines(data.tip.filter((line) => line !== ''));
}
