import { extent } from '../figures/money';
import type { PictureOption } from './echarts';
import { FONT, palette, tooltipLines } from './palette';

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

/** Money from left to right: the width of a stream is its amount. */
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
        right: 170,
        top: 12,
        bottom: 12,
        nodeWidth: 12,
        nodeGap: 14,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'gradient', opacity: 0.32, curveness: 0.5 },
        label: { fontFamily: FONT, fontSize: 12, lineHeight: 17, color: ink, textBorderColor: paper, textBorderWidth: 3 },
        data: stops.map((stop, place) => ({
          id: stop.id,
          name: stop.id,
          depth: stop.depth,
          tip: [stop.name, stop.amount],
          itemStyle: { color: areas[place % areas.length] ?? ink, borderWidth: 0 },
          label: { formatter: `${stop.name}\n${stop.amount}` },
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
