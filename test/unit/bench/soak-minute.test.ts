import { describe, expect, it } from 'vitest';
import { markdownTable } from '../../../bench/figure-table.js';
import { SOAK_COLUMNS, soakMinute, soakTrends, warmupMinutes, type SoakMinute } from '../../../bench/soak-minute.js';
import { parseMetrics } from '../../../bench/prometheus-text.js';

const nobody = { connected: 0, events: 0, lost: 0, contactEnds: 0, refused: 0, cutOff: 0 };

/** `/metrics` after so many analysed and superseded frames, with this heap and this many rows waiting for the disk. */
const reading = (analysed: number, superseded: number, heapMb: number, rows = 0) =>
  parseMetrics(`
emoscope_stream_frames_total{stream="a"} ${analysed + superseded}
emoscope_stream_analysed_frames_total{stream="a"} ${analysed}
emoscope_stream_drops_total{stream="a",reason="superseded"} ${superseded}
emoscope_stream_drops_total{stream="a",reason="stopping"} 7
nodejs_heap_size_used_bytes ${heapMb * 1e6}
process_resident_memory_bytes 500000000
process_open_fds 40
emoscope_store_memory_bytes 40000000
emoscope_queue_items{queue="store-rows"} ${rows}
emoscope_queue_capacity_items{queue="store-rows"} 100
`);

const minuteOf = (minute: number, heapMb: number, rows = 0): SoakMinute =>
  soakMinute({
    minute,
    before: reading(1000, 100, 60),
    readings: [reading(1100, 110, heapMb + 20, rows), reading(1270, 130, heapMb)],
    seconds: 60,
    rhythm: {
      answerMs: Array.from({ length: 20 }, (_, index) => index + 1),
      reportSeconds: [0.5, 2],
      failures: new Map(),
    },
    subscribersBefore: nobody,
    subscribersAfter: { ...nobody, lost: 3 },
  });

describe('soakMinute', () => {
  it('reads the figures of a minute off what was counted in it', () => {
    expect(minuteOf(1, 50)).toMatchObject({
      analysedPerSecond: 4.5,
      droppedPercent: 10,
      p95Ms: null,
      heapMb: 50,
      rssMb: 500,
      storeMb: 40,
      fds: 40,
      apiP95Ms: 19,
      eventsLost: 3,
      reports: 2,
      worstReportSeconds: 2,
      queuesOverfull: 0,
    });
  });

  it('sees a queue that held more than it may, also within the minute', () => {
    expect(minuteOf(1, 50, 101).queuesOverfull).toBe(1);
  });

  it('names the figure that rises over a run, and no other', () => {
    const rows = Array.from({ length: 30 }, (_, index) => minuteOf(index + 1, 50 + 2 * index));
    const rising = soakTrends(rows, warmupMinutes(30)).filter(({ verdict }) => verdict === 'rising');
    expect(rising.map(({ name }) => name)).toEqual(['heap']);
    expect(rising[0]).toMatchObject({ readings: 25, growth: 48 });
  });

  it('makes a table with a dash for what was not measured', () => {
    const [head, , row] = markdownTable(SOAK_COLUMNS, [minuteOf(1, 50)]).split('\n');
    expect(head?.split('|')).toHaveLength(SOAK_COLUMNS.length + 2);
    expect(row).toMatch(/^\| 1 \| 4\.5 \| 10\.00 \| — \| — \| — \| 50\.0 \| 500 \|/);
  });
});
