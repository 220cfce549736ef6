import { extent } from '../figures/money';
import type { PictureOption } from './echarts';
import { colourOf, FONT, palette, tooltipLines } from './palette';

export interface Stop {
  id: string;
  name: string;
  depth: number;
  amount: string;
}
export interface Stream {
  from: string;
  to: string;
  fen: string;
  amount: string;
}

/** The height in which the stops of the fullest column stand apart, each with one line of words. */
export function sankeyHeight(stops: readonly Stop[]): number {
  const columns = [0, 1, 2].map((depth) => stops.filter((stop) => stop.depth === depth).length);
  return Math.max(420, Math.max(...columns) * LINE * 2 + 24);
}

const LINE = 20;

/** Money from left to right: the width of a stream is its amount, and both ends are the same sum. */
export function sankey(stops: readonly Stop[], streams: readonly Stream[]): PictureOption {
  const { areas, ink, paper } = palette();
  const names = new Map(stops.map((stop) => [stop.id, stop.name]));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: { renderMode: 'html', className: 'tooltip-box', formatter: (event) => tip(event) },
    series: [
      {
        type: 'sankey',
        left: 8,
        right: 240,
        top: 12,
        bottom: 12,
        nodeWidth: 12,
        nodeGap: LINE,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'gradient', opacity: 0.32, curveness: 0.5 },
        label: { fontFamily: FONT, fontSize: 12, lineHeight: LINE - 2, width: 230, overflow: 'truncate', color: ink, textBorderColor: paper, textBorderWidth: 3 },
        data: stops.map((stop) => ({
          id: stop.id,
          name: stop.id,
          depth: stop.depth,
          tip: [stop.name, stop.amount],
          itemStyle: { color: colourOf(stop.id, areas), borderWidth: 0 },
          label: { formatter: `${stop.name} ${stop.amount}` },
        })),
        links: streams.map(({ from, to, fen, amount }) => ({
          source: from,
          target: to,
          value: extent(fen),
          tip: [`${names.get(from) ?? from} → ${names.get(to) ?? to}`, amount],
        })),
      },
    ],
  };
}

function tip(event: unknown): HTMLElement | string {
  const data = (event as { data?: { tip?: string[] } }).data;
  return data?.tip === undefined ? '' : tooltipLines(data.tip);
}
