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

/** The same name has the same colour in every picture, whatever stands beside it. */
export function colourOf(name: string, areas: readonly string[]): string {
  let place = 0;
  for (const letter of name.replace(/^\w+ (?=\d)/, '')) place = (place * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return areas[place % areas.length] ?? '#565b66';
}

export const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** A tooltip of lines, as elements: a policy without inline styles forbids ECharts' own HTML. */
export function tooltipLines(lines: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'tooltip';
  for (const line of lines) box.appendChild(document.createElement('p')).textContent = line;
  return box;
}
