import i18next from 'i18next';

import type { TypedDocumentString } from './generated/graphql';

/** One of our operations with the variables it is asked with: what a view shows, copies and opens in GraphiQL. */
export interface Question<Result, Variables> {
  document: TypedDocumentString<Result, Variables>;
  variables: Variables;
}

/** What the service answered instead of data; `code` is the error's own, or NETWORK where nothing answered. */
export class AnswerError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const answers = new Map<string, Promise<unknown>>();

/** Ask once, in the language of the page: the dataset is immutable, so an answer holds until `forget`. */
export function ask<Result, Variables>(question: Question<Result, Variables>): Promise<Result> {
  const body = JSON.stringify({ query: question.document.toString(), variables: question.variables });
  const key = `${i18next.language} ${body}`;
  const known = answers.get(key);
  if (known !== undefined) return known as Promise<Result>;
  const asked = fetchAnswer<Result>(body);
  answers.set(key, asked);
  asked.catch(() => answers.delete(key));
  return asked;
}

/** Ask again, whatever is known: for what changes, such as the version of the dataset. */
export function askAgain<Result, Variables>(question: Question<Result, Variables>): Promise<Result> {
  return fetchAnswer(JSON.stringify({ query: question.document.toString(), variables: question.variables }));
}

export function forget(): void {
  answers.clear();
}

async function fetchAnswer<Result>(body: string): Promise<Result> {
  const answer = await read<Result>(body);
  const error = answer.errors?.[0];
  if (error !== undefined) throw new AnswerError(error.extensions?.code ?? 'UNKNOWN', error.message);
  if (answer.data == null) throw new AnswerError('UNKNOWN', 'the reply holds no data');
  return answer.data;
}

async function read<Result>(body: string): Promise<Answer<Result>> {
  try {
    const reply = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-language': i18next.language },
      body,
    });
    return (await reply.json()) as Answer<Result>;
  } catch (error) {
    throw new AnswerError('NETWORK', error instanceof Error ? error.message : String(error));
  }
}
