/** One measured value of the service's `/metrics`. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads the Prometheus text format. */
export const parseMetrics = (text: string): readonly MetricSample[] =>
  text.split('\n').flatMap((line) => {
    const match = line.startsWith('#') ? null : LINE.exec(line);
    if (match === null) return [];
    const labels: Record<string, string> = {};
    for (const [, key = '', value = ''] of (match[2] ?? '').matchAll(LABEL))
      labels[key] = value.replace(/\\(.)/g, '$1');
    return [{ name: match[1] ?? '', labels, value: Number(match[3]) }];
  });

/** The first value of a name; null when the service does not report it. */
export const valueOf = (samples: readonly MetricSample[], name: string): number | null =>
  samples.find((sample) => sample.name === name)?.value ?? null;

/** Every value of a name by one of its labels, summed where several share it. */
export const byLabel = (samples: readonly MetricSample[], name: string, label: string): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const sample of samples) {
    const key = sample.labels[label];
    if (sample.name === name && key !== undefined) sums.set(key, (sums.get(key) ?? 0) + sample.value);
  }
  return sums;
};
