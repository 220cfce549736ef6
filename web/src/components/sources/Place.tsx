import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { FigurePartsFragment, SourcePartsFragment } from '../../graphql/generated/graphql';
import { nodeAddress } from '../../app/addresses';
import { Printed } from './Printed';

/** Where something stands: document, part, page, line, row and column, as far as the document has them. */
export function Place({ source, mark, onFollow }: { source: SourcePartsFragment; mark?: string | null | undefined; onFollow?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const parts = [
    [t('source.section'), source.section],
    [t('source.page'), source.page],
    [t('source.line'), source.line],
    [t('source.row'), source.row],
    [t('source.column'), source.column],
  ] as const;
  return (
    <>
    <dl className="where">
      <dt>{t('source.document')}</dt>
      <dd>
        <Link to={nodeAddress(source.document.id)} onClick={onFollow}>
          {source.document.title}
        </Link>
        <span className="file">{source.document.fileName}</span>
      </dd>
      {parts.map(
        ([label, value]) =>
          value != null && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
    <Printed source={source} mark={mark} onFollow={onFollow} />
    </>
  );
}

/** A figure as printed, what it measures, and where it stands. */
export function FigureSource({ figure, onFollow }: { figure: FigurePartsFragment; onFollow: () => void }) {
  const { t } = useTranslation();
  const about = figure.project ?? figure.subject;
  return (
    <>
      <p className="printed">
        <strong className="number">{figure.text}</strong> {figure.amountUnit}
        <span className="what">
          {t(`measure.${figure.measure}`)}
          {figure.nature && ` · ${t(`nature.${figure.nature}`)}`} · {figure.fiscalYear}
        </span>
      </p>
      <p className="about">
        <Link to={nodeAddress(figure.department.id)} onClick={onFollow}>
          {figure.department.name}
        </Link>
        {about && (
          <>
            {' · '}
            <Link to={nodeAddress(about.id)} onClick={onFollow}>
              {about.name}
            </Link>
          </>
        )}
      </p>
      <Place source={figure.source} mark={figure.text} onFollow={onFollow} />
    </>
  );
}
