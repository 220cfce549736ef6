/** Rows as a CSV file in the browser's downloads: UTF-8 with a mark, so that spreadsheets read the Chinese. */
export function downloadCsv(name: string, rows: readonly (readonly string[])[]): void {
  const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
  download(`${name}.csv`, new Blob(['\ufeff', text, '\r\n'], { type: 'text/csv;charset=utf-8' }));
}

export function download(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName.replace(/[\\/:*?"<>|]/g, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(address));
}

/** What begins a formula in a spreadsheet, and what is a number or a dash for all that; as in graph_data/exports. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const HARMLESS = /^([-+－＋]?[\d,.，．]*%?|[-－—–]+)$/;

/** Quoted where RFC 4180 asks for it; a cell that a spreadsheet would run as a formula is shown as text. */
function quoted(cell: string): string {
  const safe = FORMULA.test(cell) && !HARMLESS.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
