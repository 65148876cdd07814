import { memo, useMemo, useState } from 'react';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { monitorCatalogue } from './messages.ts';
import styles from './throughput-chart.module.css';
import { plotThroughput, windowOf } from './throughput-plot.ts';

const width = 600;
const height = 100;

interface ThroughputChartProps {
  readonly linkMbps: number | undefined;
  readonly isOver: boolean;
}

/** How full the wire is, now and in the last minutes. */
export const ThroughputChart = memo(function ThroughputChart({ linkMbps, isOver }: ThroughputChartProps) {
  const words = useMessages(monitorCatalogue).throughput;
  const format = useFormats();
  const samples = useStation(({ throughput }) => throughput);
  const [pointed, setPointed] = useState<number>();
  const limit = linkMbps === undefined ? undefined : (linkMbps * 1e6) / 8;
  const windowMs = windowOf(samples);
  const { line, area, limitY, points } = useMemo(
    () => plotThroughput(samples, { width, height, windowMs, limit }),
    [samples, limit, windowMs],
  );
  const highest = points.reduce((most, { sample }) => Math.max(most, sample.bytesPerSecond), 0);
  // Afterwards there is no now; what the wire gave at best is what is left to know.
  const figure = isOver ? highest : (samples.at(-1)?.bytesPerSecond ?? 0);
  const nearest =
    pointed === undefined || points.length === 0
      ? undefined
      : points.reduce((best, point) => (Math.abs(point.x - pointed) < Math.abs(best.x - pointed) ? point : best));
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.now}>
        <span className={styles.figure}>{format.rate(figure)}</span>
        <span className={styles.caption}>{isOver ? words.highest : words.now}</span>
        <span className={styles.share}>
          {limit === undefined ? words.noLimit : words.share((100 * figure) / limit)}
        </span>
      </figcaption>
      <div
        className={styles.plot}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setPointed(((event.clientX - box.left) / box.width) * width);
        }}
        onPointerLeave={() => setPointed(undefined)}
      >
        <svg
          className={styles.svg}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.label(figure, highest)}
        >
          <path className={styles.area} d={area} />
          <path className={styles.line} d={line} />
          {limitY !== undefined && <line className={styles.limit} x1="0" x2={width} y1={limitY} y2={limitY} />}
          {nearest !== undefined && <line className={styles.cross} x1={nearest.x} x2={nearest.x} y1="0" y2={height} />}
        </svg>
        {limit !== undefined && limitY !== undefined && (
          <span className={styles.limitWords} style={{ top: `${limitY}%` }}>
            {words.limit(limit)}
          </span>
        )}
        {nearest === undefined ? (
          <span className={styles.ago}>{words.ago(windowMs / 60_000)}</span>
        ) : (
          <span
            className={styles.value}
            data-side={nearest.x > width / 2 ? 'left' : 'right'}
            style={{ left: `${(nearest.x / width) * 100}%` }}
          >
            {format.clock(nearest.sample.at)} · {format.rate(nearest.sample.bytesPerSecond)}
          </span>
        )}
        <span className={styles.present}>{isOver ? words.end : words.present}</span>
      </div>
    </figure>
  );
});
