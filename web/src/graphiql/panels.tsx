import { ToolbarButton, useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';

import { ideAddress } from '../app/addresses';
import { downloadCsv } from '../components/tables/csv';
import { downloadXlsx } from '../components/tables/xlsx';
import { described } from './described';
import { tablesOf, type Example } from './tabs';

const WORDS = {
  zh: { questions: '常用查询', find: '查找', results: '结果表格', none: '先执行一个查询，结果在此列成表格。', csv: '导出 CSV', xlsx: '导出 XLSX', fields: '字段查找', fieldsHint: '按中文术语、说明或名称查找类型、字段、参数与枚举值', found: '项', rows: '行', link: '复制此查询的链接', back: '返回浏览' },
  en: { questions: 'Questions', find: 'Find', results: 'Result as table', none: 'Run a query first: its result stands here as a table.', csv: 'Export CSV', xlsx: 'Export XLSX', fields: 'Find fields', fieldsHint: 'Types, fields, arguments and values by a Chinese term, a description or a name', found: 'found', rows: 'rows', link: 'Copy a link to this query', back: 'back to the explorer' },
};
export type Words = (typeof WORDS)['zh'];
export const wordsOf = (language: 'zh' | 'en'): Words => WORDS[language];

const icon = (drawn: string) => () => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
    <path d={drawn} />
  </svg>
);

/** Every example by what it answers, in both languages: a click opens it, in a tab of its own where something else was typed. */
export function questionsPanel(examples: readonly Example[], words: Words, language: 'zh' | 'en'): GraphiQLPlugin {
  function Questions() {
    const { addTab } = useGraphiQLActions();
    const queryEditor = useGraphiQL((state) => state.queryEditor);
    const variableEditor = useGraphiQL((state) => state.variableEditor);
    const [wanted, setWanted] = useState('');
    const found = examples.filter(({ chinese, english, query }) => [chinese, english, query].some((text) => text.toLowerCase().includes(wanted.toLowerCase())));
    const open = ({ query }: Example) => {
      const typed = queryEditor?.getValue().trim() ?? '';
      if (typed !== '' && !examples.some((one) => one.query.trim() === typed)) addTab();
      queryEditor?.setValue(query);
      variableEditor?.setValue('');
    };
    return (
      <section className="questions" aria-label={words.questions}>
        <h2>{words.questions}</h2>
        <input type="search" aria-label={words.find} placeholder={words.find} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        <ul>
          {found.map((example) => (
            <li key={example.name}>
              <button type="button" onClick={() => open(example)}>
                <span lang={language === 'zh' ? 'zh-CN' : 'en'}>{language === 'zh' ? example.chinese : example.english}</span>
                <small lang={language === 'zh' ? 'en' : 'zh-CN'}>{language === 'zh' ? example.english : example.chinese}</small>
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  return { title: words.questions, icon: icon('M4 5h16M4 12h16M4 19h10'), content: Questions };
}

const SHOWN = 500;

/** What was answered, each list of it as a table that can be saved. */
export function resultsPanel(words: Words): GraphiQLPlugin {
  function Results() {
    const editor = useGraphiQL((state) => state.responseEditor);
    const [reply, setReply] = useState('');
    useEffect(() => {
      if (editor === undefined) return undefined;
      const read = () => setReply(editor.getValue());
      read();
      const watched = editor.onDidChangeModelContent(read);
      return () => watched.dispose();
    }, [editor]);
    const tables = tablesOf(reply);
    return (
      <section className="results" aria-label={words.results}>
        <h2>{words.results}</h2>
        {tables.length === 0 && <p>{words.none}</p>}
        {tables.map(({ path, headings, rows }) => (
          <div key={path}>
            <header>
              <code>{path}</code> {rows.length} {words.rows}
              <button type="button" onClick={() => downloadCsv(path || 'data', [headings, ...rows])}>
                {words.csv}
              </button>
              <button type="button" onClick={() => downloadXlsx(path || 'data', [headings, ...rows])}>
                {words.xlsx}
              </button>
            </header>
            <div className="scroll" tabIndex={0} role="group" aria-label={path}>
              <table>
                <thead>
                  <tr>
                    {headings.map((heading) => (
                      <th key={heading} scope="col">
                        {heading}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.slice(0, SHOWN).map((row, place) => (
                    <tr key={place}>
                      {row.map((cell, column) => (
                        <td key={headings[column]}>{cell}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </div>
        ))}
      </section>
    );
  }
  return { title: words.results, icon: icon('M4 5h16v14H4zM4 10h16M10 5v14'), content: Results };
}

/** What the schema says of its types, fields, arguments and values, found by any words of it, in Chinese too. */
export function fieldsPanel(words: Words): GraphiQLPlugin {
  function Fields() {
    const schema = useGraphiQL((state) => state.schema);
    const [wanted, setWanted] = useState('');
    const all = useMemo(() => (schema == null ? [] : described(schema)), [schema]);
    const parts = wanted.toLowerCase().split(/\s+/).filter((part) => part !== '');
    const found = parts.length === 0 ? [] : all.filter(({ path, text }) => parts.every((part) => `${path} ${text}`.toLowerCase().includes(part)));
    return (
      <section className="fields" aria-label={words.fields}>
        <h2>{words.fields}</h2>
        <input type="search" aria-label={words.fields} placeholder={words.fieldsHint} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        {parts.length > 0 && (
          <p role="status">
            {found.length} {words.found}
          </p>
        )}
        <dl>
          {found.slice(0, SHOWN).map(({ path, type, text }) => (
            <div key={path}>
              <dt>
                <code>{path}</code> <small>{type}</small>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
    );
  }
  return { title: words.fields, icon: icon('M10 4a6 6 0 1 1 0 12a6 6 0 0 1 0-12M15 15l5 5'), content: Fields };
}

/** Copies the address under which anybody finds the query with its variables. */
export function Permalink({ words }: { words: Words }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const Icon = icon('M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1');
  const copy = () => {
    const address = ideAddress(queryEditor?.getValue() ?? '', parsed(variableEditor?.getValue() ?? ''));
    history.replaceState(null, '', address);
    void navigator.clipboard.writeText(location.href).catch(() => undefined); // the address bar has it all the same
  };
  return (
    <ToolbarButton label={words.link} onClick={copy}>
      <span className="graphiql-toolbar-icon">{Icon()}</span>
    </ToolbarButton>
  );
}

function parsed(variables: string): unknown {
  try {
    return JSON.parse(variables === '' ? '{}' : variables);
  } catch {
    return {};
  }
}

const PLAIN = { unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false } } as const;

/** Chinese punctuation is no mistake: the editors do not mark it as look-alike of another letter. */
export function PlainChinese() {
  const query = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const reply = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    for (const editor of [query, variables, reply]) editor?.updateOptions(PLAIN);
  }, [query, variables, reply]);
  return null;
}
