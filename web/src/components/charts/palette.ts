/** Colours of the style sheet, as they stand now: light or dark. */
export interface Palette {
  ink: string;
  faint: string;
  paper: string;
  line: string;
  areas: string[];
}

const AREAS = 8;

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour('ink'),
    faint: colour('faint'),
    paper: colour('paper'),
    line: colour('line'),
    areas: Array.from({ length: AREAS }, (_, place) => colour(`area-${place + 1}`)),
  };
}

export const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** A tooltip of lines, as elements: a policy without inline styles forbids ECharts' own HTML. */
export function tooltipLines(lines: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'tooltip';
  for (const line of lines) box.appendChild(document.createElement('p')).textContent = line;
  return box;
}
