import { download } from './csv';

type Rows = readonly (readonly string[])[];

/** Rows as a workbook of one sheet in the browser's downloads; the first row is its headings. */
export function downloadXlsx(name: string, rows: Rows): void {
  download(`${name}.xlsx`, new Blob([workbook(rows)], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }));
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MEDIA = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
// names of the format, not addresses: nothing is asked of them
const SCHEMAS = ['http:', '', 'schemas.openxmlformats.org'].join('/');
const RELATED = `${SCHEMAS}/officeDocument/2006/relationships`;

function workbook(rows: Rows): Uint8Array<ArrayBuffer> {
  return zipped({
    '[Content_Types].xml': `${HEAD}<Types xmlns="${SCHEMAS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${MEDIA}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${MEDIA}.worksheet+xml"/></Types>`,
    '_rels/.rels': relations('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${SCHEMAS}/spreadsheetml/2006/main" xmlns:r="${RELATED}"><sheets><sheet name="data" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `${HEAD}<worksheet xmlns="${SCHEMAS}/spreadsheetml/2006/main"><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`,
  });
}

const relations = (kind: string, target: string): string => `${HEAD}<Relationships xmlns="${SCHEMAS}/package/2006/relationships"><Relationship Id="r1" Type="${RELATED}/${kind}" Target="${target}"/></Relationships>`;

/** An amount is a number as far as a spreadsheet holds it exactly; whole numbers stay text, since most of them are codes. */
const AMOUNT = /^-?(?:0|[1-9]\d{0,11})\.\d{1,3}$/;
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function cell(text: string): string {
  if (text === '') return '<c/>';
  if (AMOUNT.test(text)) return `<c><v>${text}</v></c>`;
  const said = text.replace(UNPRINTABLE, '').replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
  return `<c t="inlineStr"><is><t xml:space="preserve">${said}</t></is></c>`;
}

/** Files as a ZIP, none of them compressed: APPNOTE 4.3.7 local headers, 4.3.12 the directory, 4.3.16 its end. */
function zipped(files: Record<string, string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const bodies: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, content] = [encoder.encode(path), encoder.encode(text)];
    const common = [2, 20, 2, 0x800, 2, 0, 2, 0, 2, 33, 4, crc32(content), 4, content.length, 4, content.length, 2, name.length, 2, 0] as const;
    const head = packed(4, 0x04034b50, ...common);
    directory.push(packed(4, 0x02014b50, 2, 20, ...common, 2, 0, 2, 0, 2, 0, 4, 0, 4, offset), name);
    bodies.push(head, name, content);
    offset += head.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = Object.keys(files).length;
  const end = packed(4, 0x06054b50, 2, 0, 2, 0, 2, count, 2, count, 4, size, 4, offset, 2, 0);
  const whole = new Uint8Array(offset + size + end.length);
  let place = 0;
  for (const part of [...bodies, ...directory, end]) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** Pairs of how many bytes and a number, the lowest byte first. */
function packed(...pairs: number[]): Uint8Array {
  const bytes: number[] = [];
  for (let place = 0; place < pairs.length; place += 2) {
    for (let byte = 0; byte < (pairs[place] ?? 0); byte += 1) bytes.push(((pairs[place + 1] ?? 0) >>> (8 * byte)) & 0xff);
  }
  return Uint8Array.from(bytes);
}

function crc32(content: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of content) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
