/** The addresses of the views: all under /explore, so that the service answers them with one page. */
export const nodeAddress = (id: string): string => `/explore/node/${id.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')}`;

/** A place of a document in the reader: the page, the line, and what of the line is meant. */
export function readerAddress(id: string, place: { page?: number | null | undefined; line?: number | null | undefined; mark?: string | null | undefined } = {}): string {
  const named = Object.entries(place).flatMap(([name, value]) => (value == null || value === '' ? [] : [[name, String(value)]]));
  const hash = named.length === 0 ? '' : `#${new URLSearchParams(named)}`;
  return `${nodeAddress(id).replace('/explore/node/', '/explore/document/')}${hash}`;
}

/** The working paper of an account, by its id. */
export const paperAddress = (id: string, format: 'docx' | 'xlsx', language: string): string =>
  `${nodeAddress(id).replace('/explore/node/', '/paper/')}.${format}?language=${language.startsWith('en') ? 'EN' : 'ZH'}`;

/** A page of a kept PDF as a picture. */
export const pageAddress = (sha256: string, page: number): string => `/documents/${sha256}/pages/${page}.png`;

export const findingsAddress = (filters: Record<string, string>): string => `/explore/findings?${new URLSearchParams(filters)}`;

/** 怎么看决算: for who reads final accounts for the first time. */
export const guideAddress = '/explore/guide';

export const worktableAddress = (name: string, choice: Record<string, string> = {}): string => `/explore/table/${name}${Object.keys(choice).length === 0 ? '' : `?${new URLSearchParams(choice)}`}`;

export const searchAddress = (text: string): string => `/explore/search?${new URLSearchParams({ q: text })}`;

export const treemapAddress = (choice: Record<string, string>): string => `/explore/treemap?${new URLSearchParams(choice)}`;

/** Where the IDE takes a question from: after the #, so that no server ever sees or runs it. */
export const ideAddress = (query: string, variables: unknown): string =>
  `/graphql#${new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) })}`;
