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

/** The question that a view sent after the #; null where none was. */
export function asked(hash: string): Tab | null {
  const parameters = new URLSearchParams(hash.slice(1));
  const query = parameters.get('query');
  return query === null ? null : { query, variables: parameters.get('variables') ?? '{}' };
}

/** The examples of the service; none where it cannot be reached, so that the editor opens all the same. */
export async function fetchExamples(): Promise<Example[]> {
  try {
    const reply = await fetch('/examples.json');
    return reply.ok ? ((await reply.json()) as Example[]) : [];
  } catch {
    return [];
  }
}

/** The question first, then every example under a name that says what it answers. */
export function asTabs(given: Tab | null, examples: readonly Example[], language: 'zh' | 'en'): Tab[] {
  const offered = examples.map(({ name, query, chinese, english }) => ({
    query: titled(named(query, name), language === 'en' ? english : chinese),
  }));
  return given === null ? offered : [given, ...offered];
}

/** An anonymous query under the name of its file, since a tab is called as its operation. */
function named(query: string, name: string): string {
  const words = name.replace(/^\d+-/, '').split('-');
  const operation = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return query.replace(/^\{/m, `query ${operation} {`);
}

/** The leading comment says in both languages what is answered: the one that is read goes first. */
function titled(query: string, title: string): string {
  const rest = query.split('\n').filter((line) => line !== `# ${title}`);
  return [`# ${title}`, ...rest].join('\n');
}
