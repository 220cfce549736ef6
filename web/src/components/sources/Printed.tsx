import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { pageAddress, readerAddress } from '../../app/addresses';
import { PrintedPlaceDocument, type LinePartsFragment, type SourcePartsFragment } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';

/** A number or word as it is compared: without spaces, commas and the difference of wide and narrow characters. */
const plain = (text: string): string => text.normalize('NFKC').replace(/[\s,，]/g, '');

/** Is a printed cell what is meant? An amount is, whatever zeros end its decimals, and what compares or counts it. */
export function isMarked(cell: string, mark: string | null | undefined): boolean {
  if (!mark) return false;
  const [one, other] = [plain(cell), plain(mark)];
  if (one === other) return true;
  const amounts = [one, other].map((text) => /^[≥≤><=]?(-?\d+(?:\.\d+)?)(?:%|\p{Script=Han}{0,3})$/u.exec(text)?.[1]);
  return amounts.every((amount) => amount !== undefined) && trimmed(amounts[0] ?? '') === trimmed(amounts[1] ?? '');
}

const trimmed = (amount: string): string => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount);

/** The words of a line, with what is meant marked in it. */
export function Quotation({ cells, mark }: { cells: readonly string[]; mark?: string | null | undefined }) {
  return (
    <>
      {cells.map((cell, place) => (
        <span key={place}>
          {place > 0 && ' '}
          {isMarked(cell, mark) ? <mark>{cell}</mark> : cell}
        </span>
      ))}
    </>
  );
}

const share = (part: number): string => `${part / 100}%`;

/** A page as a picture, with a line of it and what is meant in the line marked where they stand. */
export function PagePicture({ sha256, page, line, mark }: { sha256: string; page: number; line?: LinePartsFragment | undefined; mark?: string | null | undefined }) {
  const { t } = useTranslation();
  const row = useRef<HTMLSpanElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const show = () => {
    if (row.current === null || frame.current === null) return;
    const { offsetTop, offsetHeight } = row.current;
    frame.current.scrollTop = offsetTop + offsetHeight / 2 - frame.current.clientHeight / 2;
  };
  useEffect(show);
  const boxes = line?.boxes ?? [];
  const sides = boxes.length === 0 ? null : [0, 1].map((edge) => Math.min(...boxes.map((box) => box[edge] ?? 0))).concat([2, 3].map((edge) => Math.max(...boxes.map((box) => box[edge] ?? 0))));
  const meant = boxes.length === line?.cells.length ? boxes.filter((_, place) => isMarked(line.cells[place] ?? '', mark)) : [];
  return (
    <div className="page-picture" ref={frame} tabIndex={0} role="group" aria-label={t('reader.picture', { page })}>
      <div className="sheet">
        <img src={pageAddress(sha256, page)} alt={t('reader.picture', { page })} onLoad={show} />
        {sides && <Area sides={sides} kind="row" area={row} />}
        {meant.map((box, place) => (
          <span key={place}>
            <Area sides={[box[0] ?? 0, 0, box[2] ?? 0, 10_000]} kind="column" />
            <Area sides={box} kind="cell" />
          </span>
        ))}
      </div>
    </div>
  );
}

function Area({ sides, kind, area }: { sides: readonly number[]; kind: string; area?: React.Ref<HTMLSpanElement> }) {
  const [left = 0, top = 0, right = 0, bottom = 0] = sides;
  return (
    <span
      ref={area}
      className={`area ${kind}`}
      style={{ left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) }}
      aria-hidden="true"
    />
  );
}

/** A place as printed: the line quoted, its page beside it where the document has pages, and the way to the reader. */
export function Printed({ source, mark, picture = true, onFollow }: { source: SourcePartsFragment; mark?: string | null | undefined; picture?: boolean; onFollow?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { document, page, line } = source;
  if (!document.kept) return <p className="aside">{t('reader.notKept')}</p>;
  return (
    <div className="printed-place">
      {source.quotation != null && (
        <blockquote>
          <Quotation cells={source.quotation.split(' ')} mark={mark} />
        </blockquote>
      )}
      <Link className="to-reader" to={readerAddress(document.id, { page, line, mark })} onClick={onFollow}>
        {t('reader.open')}
      </Link>
      {picture && page != null && line != null && <Beside id={document.id} page={page} line={line} mark={mark} />}
    </div>
  );
}

function Beside({ id, page, line, mark }: { id: string; page: number; line: number; mark?: string | null | undefined }) {
  const asked = useAnswer({ document: PrintedPlaceDocument, variables: { id, page, line } });
  const node = asked.state === 'answered' ? asked.data.node : null;
  if (node?.__typename !== 'SourceDocument' || node.mediaType !== 'application/pdf') return null;
  return <PagePicture sha256={node.sha256} page={page} line={node.lines.nodes[0]} mark={mark} />;
}
