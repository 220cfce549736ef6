import type { MoneyUnit } from '../../graphql/generated/graphql';

/** How many digits of whole 分 stand behind the point of a unit. */
const SCALE: Record<MoneyUnit, number> = { YUAN: 2, QIAN_YUAN: 5, WAN_YUAN: 6, YI_YUAN: 10 };
const LEAST = 2;

/** Whole 分 in a unit, exact, as the service itself writes it: two decimals or as many more as are needed. */
export function inUnit(fen: string, unit: MoneyUnit): string {
  const negative = fen.startsWith('-');
  const scale = SCALE[unit];
  const digits = (negative ? fen.slice(1) : fen).padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '').padEnd(LEAST, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${fraction}`;
}

/** The same with thousands separators, for reading. */
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const marked = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? marked : `${marked}.${fraction}`;
}

/** Digits behind the point. */
export function decimals(decimal: string): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}

/** a / b in percent with one decimal, half away from zero; null where there is nothing to divide by. */
export function share(part: string, whole: string): string | null {
  const divisor = BigInt(whole);
  if (divisor === 0n) return null;
  const [above, below] = [BigInt(part) * 2000n, divisor < 0n ? -divisor : divisor];
  const mille = ((above < 0n ? -above : above) + below) / (2n * below);
  const digits = String(mille).padStart(2, '0');
  return `${mille !== 0n && above < 0n !== divisor < 0n ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`;
}

/** Exact sums and differences of whole 分. */
export const sum = (fens: readonly string[]): string => String(fens.reduce((total, fen) => total + BigInt(fen), 0n));
export const minus = (left: string, right: string): string => String(BigInt(left) - BigInt(right));
export const byAmount = (left: string, right: string): number => {
  const difference = BigInt(right) - BigInt(left);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
};

/** The size of an area in a picture: the one place where 分 become an inexact number, which is never printed. */
export const extent = (fen: string): number => Math.abs(Number(fen));

/** What a total is: as printed where the document prints it, else what its figures add up to; null where there is neither. */
export const headlineOf = (total: { reported?: { fen: string } | null; derived: { fen: string }; coverage: { counted: number } }): string | null =>
  total.reported?.fen ?? derivedOf(total);

/** What the figures of a total add up to, in 分; null where there is none, which is not 0. A sum read in part is shown. */
export function derivedOf({ derived, coverage }: { derived: { fen: string }; coverage: { counted: number } }): string | null {
  return coverage.counted === 0 && derived.fen === '0' ? null : derived.fen;
}
