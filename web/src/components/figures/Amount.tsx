import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import type { FigurePartsFragment, SourcePartsFragment } from '../../graphql/generated/graphql';
import { useSources } from '../sources/SourceDrawer';
import { decimals, grouped, inUnit } from './money';

interface Props {
  fen: string | null | undefined;
  /** Decimals of the widest figure in the column: shorter ones are padded unseen, so that points align. */
  align?: number;
  /** What the figure is, as the drawer of sources is headed. */
  title?: string;
  figures?: readonly FigurePartsFragment[];
  sources?: readonly SourcePartsFragment[];
}

/** A figure in the chosen unit; one click from where it stands in the document. */
export function Amount({ fen, align = 0, title, figures, sources }: Props) {
  const { unit } = useSettings();
  const { t } = useTranslation();
  const { show } = useSources();
  if (fen == null) return <span className="none">—</span>;
  const text = inUnit(fen, unit);
  const missing = align - decimals(text);
  const shown = (
    <>
      {grouped(text)}
      {missing > 0 && (
        <span className="pad" aria-hidden="true">
          {'0'.repeat(missing)}
        </span>
      )}
    </>
  );
  if (!figures?.length && !sources?.length) return <span className="number">{shown}</span>;
  return (
    <button
      type="button"
      className="number sourced"
      title={t('source.open')}
      onClick={() => show({ title: title ?? '', figures: figures ?? [], sources: sources ?? [] })}
    >
      {shown}
    </button>
  );
}

/** The unit that amounts are shown in, for headings. */
export function UnitNote() {
  const { t } = useTranslation();
  const { unit } = useSettings();
  return <span className="unit-note">{t('unit.note', { unit: t(`unit.${unit}`) })}</span>;
}
