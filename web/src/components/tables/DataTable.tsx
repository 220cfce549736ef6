import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { downloadCsv } from './csv';

export interface Column<Row> {
  key: string;
  heading: string;
  numeric?: boolean;
  /** The cell as plain exact text: what the CSV file holds, and what is shown where `show` is absent. */
  text: (row: Row) => string;
  show?: (row: Row) => ReactNode;
}

interface Props<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  note?: ReactNode;
  /** What is to be said beneath it. */
  foot?: ReactNode;
  heading?: boolean;
  rowClass?: (row: Row) => string | undefined;
  /** What an address names it by, after the #. */
  anchor?: string;
}

/** A table that exports what it shows. */
export function DataTable<Row extends { key: string }>({ name, columns, rows, note, foot, heading = true, rowClass, anchor }: Props<Row>) {
  const { t } = useTranslation();
  const save = () =>
    downloadCsv(name, [
      columns.map((column) => column.heading),
      ...rows.map((row) => columns.map((column) => column.text(row))),
    ]);
  if (rows.length === 0) return <Block name={name} heading={heading}><p className="empty">{t('state.empty')}</p></Block>;
  const tools = (
    <>
      {note}
      <button type="button" className="quiet" onClick={save}>
        {t('table.csv')}
      </button>
    </>
  );
  return (
    <Block name={name} heading={heading} tools={tools} anchor={anchor}>
      <div className="scroll" tabIndex={0} role="group" aria-label={name}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={column.numeric ? 'numeric' : undefined}>
                  {column.heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className={rowClass?.(row)}>
                {columns.map((column) => (
                  <td key={column.key} className={column.numeric ? 'numeric' : undefined}>
                    {column.show?.(row) ?? column.text(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {foot}
    </Block>
  );
}

interface BlockProps {
  name: string;
  tools?: ReactNode;
  heading?: boolean;
  anchor?: string | undefined;
  children: ReactNode;
}

/** A part of a page under its own heading, with its tools at the right; shown at once where the address names it. */
export function Block({ name, tools, heading = true, anchor, children }: BlockProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (anchor !== undefined && location.hash === `#${anchor}`) box.current?.scrollIntoView();
  }, [anchor]);
  return (
    <section className="block" aria-label={name} ref={box}>
      <header>
        {heading && <h2>{name}</h2>}
        <div className="tools">{tools}</div>
      </header>
      {children}
    </section>
  );
}
