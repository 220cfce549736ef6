/** The addresses of the views: all under /explore, so that the service answers them with one page. */
export const nodeAddress = (id: string): string => `/explore/node/${id.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')}`;

export const findingsAddress = (filters: Record<string, string>): string => `/explore/findings?${new URLSearchParams(filters)}`;

export const searchAddress = (text: string): string => `/explore/search?${new URLSearchParams({ q: text })}`;

export const treemapAddress = (choice: Record<string, string>): string => `/explore/treemap?${new URLSearchParams(choice)}`;

/** Where the IDE takes a question from: after the #, so that no server ever sees or runs it. */
export const ideAddress = (query: string, variables: unknown): string =>
  `/graphql#${new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) })}`;
