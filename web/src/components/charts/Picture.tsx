import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import { download } from '../tables/csv';
import { Block } from '../tables/DataTable';
import { echarts, type PictureOption } from './echarts';

interface Props {
  name: string;
  /** Made anew for each theme, since colours come from the style sheet. */
  option: () => PictureOption;
  /** What the option depends on. */
  key_: string;
  description: string;
  onPick?: (id: string) => void;
  /** In pixels, where what is drawn needs its own. */
  height?: number;
}

/** A picture drawn as SVG: sharp in print, without WebGL; the table beside it says the same in words. */
export function Picture({ name, option, key_, description, onPick, height }: Props) {
  const { t } = useTranslation();
  const { theme } = useSettings();
  const box = useRef<HTMLDivElement>(null);
  const picked = useRef(onPick);
  picked.current = onPick;

  useEffect(() => {
    if (box.current === null) return undefined;
    const chart = echarts.init(box.current, null, { renderer: 'svg' });
    const draw = () => chart.setOption(option(), true);
    chart.on('click', (event) => {
      const { data } = event;
      if (typeof data === 'object' && data !== null && 'id' in data) picked.current?.(String(data.id));
    });
    draw();
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(box.current);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      observer.disconnect();
      chart.dispose();
    };
    // key_ stands for the option, which is a new function with every render
  }, [key_, theme]);

  return (
    <Block
      name={name}
      tools={
        <button type="button" className="quiet" onClick={() => savePng(name, option())}>
          {t('picture.png')}
        </button>
      }
    >
      <div className="scroll" tabIndex={0} role="group" aria-label={name}>
        <div className={height === undefined ? 'picture' : 'picture broad'} style={{ height }} role="img" aria-label={description} ref={box} />
      </div>
    </Block>
  );
}

/** Drawn once more on a canvas of its own, since an SVG on the page is no bitmap. */
function savePng(name: string, option: PictureOption): void {
  const canvas = document.createElement('canvas');
  canvas.width = 1600;
  canvas.height = 1000;
  const chart = echarts.init(canvas, null, { renderer: 'canvas', width: 1600, height: 1000, devicePixelRatio: 2 });
  chart.setOption({ ...option, animation: false });
  chart.renderToCanvas().toBlob((blob) => {
    if (blob !== null) download(`${name}.png`, blob);
    chart.dispose();
  });
}
