export interface Example {
  name: string;
  chinese: string;
  english: string;
  query: string;
}

export interface Tab {
  query: string;
  variables?: string;
}

/** The question that a view or a permalink sent after the #; null where none was. */
export function asked(hash: string): Tab | null {
  const parameters = new URLSearchParams(hash.slice(1));
  const query = parameters.get('query');
  return query === null ? null : { query, variables: parameters.get('variables') ?? '{}' };
}

/** The examples of the service, each as an operation with a name; none where it cannot be reached, so that the editor opens all the same. */
export async function fetchExamples(): Promise<Example[]> {
  try {
    const reply = await fetch('/examples.json');
    const examples = reply.ok ? ((await reply.json()) as Example[]) : [];
    return examples.map((example) => ({ ...example, query: named(example.query, example.name) }));
  } catch {
    return [];
  }
}

/** An anonymous query under the name of its file, since a tab is called as its operation. */
function named(query: string, name: string): string {
  const words = name.replace(/^\d+-/, '').split('-');
  const operation = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return query.replace(/^\{/m, `query ${operation} {`);
}

/** A list of a reply, as a table: where it stands, its headings, and its rows as plain text. */
export interface Table {
  path: string;
  headings: string[];
  rows: string[][];
}

/** The outermost lists of a reply; the reply itself as one row where it holds none; nothing where it is no reply. */
export function tablesOf(reply: string): Table[] {
  let data: unknown;
  try {
    ({ data } = JSON.parse(reply) as { data?: unknown });
  } catch {
    return [];
  }
  if (!isRecord(data)) return [];
  const lists = listsOf(data, '');
  return (lists.length > 0 ? lists : [{ path: '', list: [data] }]).map(({ path, list }) => tableOf(path, list));
}

type Members = Record<string, unknown>;
const isRecord = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

function listsOf(value: Members, path: string): { path: string; list: Members[] }[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (Array.isArray(member)) return member.some(isRecord) ? [{ path: here, list: member.filter(isRecord) }] : [];
    return isRecord(member) ? listsOf(member, here) : [];
  });
}

function tableOf(path: string, list: readonly Members[]): Table {
  const flat = list.map((row) => new Map(cellsOf(row, '')));
  const headings = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  return { path, headings, rows: flat.map((row) => headings.map((heading) => row.get(heading) ?? '')) };
}

const APART = 4;

/** The members of a row by their way down, a short list of them by number; a longer list is one cell: null stays empty, which is not 0. */
function cellsOf(value: Members, path: string): [string, string][] {
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    const here = path === '' ? name : `${path}.${name}`;
    if (isRecord(member)) return cellsOf(member, here);
    if (Array.isArray(member) && member.length <= APART && member.some(isRecord)) return member.flatMap((one, place) => (isRecord(one) ? cellsOf(one, `${here}.${place + 1}`) : []));
    if (Array.isArray(member)) return [[here, member.some(isRecord) ? JSON.stringify(member) : member.join('; ')]];
    return [[here, member === null ? '' : String(member)]];
  });
}
