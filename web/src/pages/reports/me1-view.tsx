import { useState } from 'preact/hooks';
import type { Me1Report } from '../../../../src/contracts/figures/me1-schema.js';
import { periodText } from '../../values/format.js';
import type { LiveFeed } from '../../data/live-feed.js';
import { loadReport } from '../../data/reports.js';
import { may } from '../../data/session.js';
import { siteInfo } from '../../data/site.js';
import { t } from '../../i18n/i18n.js';
import { NoData } from '../../ui/no-data.js';
import { Notes } from '../../ui/notes.js';
import { LoadedView } from '../../ui/loaded-view.js';
import { initialPeriod } from '../../ui/period-select.js';
import { useData } from '../../hooks/use-data.js';
import { Downloads, SampleDownloads } from './downloads.js';
import { Me1Charts } from './me1-charts.js';
import { me1Query, Me1Params, type Me1Choice } from './me1-params.js';
import { Me1Table } from './me1-table.js';

const firstChoice = (): Me1Choice => ({
  period: initialPeriod('today'),
  streams: [],
  threshold: siteInfo.value?.threshold ?? 20,
  smileIndex: 'face',
  role: '',
  zone: '',
  minFacePx: null,
  bucket: '',
});

const nothing = ({ totals }: Me1Report): boolean => totals.every(({ samples }) => samples === 0);

/** МЭ-1: parameters, table, charts, files. */
export const Me1View = ({ feed }: { readonly feed: LiveFeed }) => {
  const [choice, setChoice] = useState(firstChoice);
  const [asked, setAsked] = useState(choice);
  const [interval, setInterval] = useState(false);
  const report = useData((signal) => loadReport('me1', me1Query(asked), signal), [asked]);
  return (
    <>
      <Me1Params
        streams={feed.streams.value}
        choice={choice}
        onChange={(fields) => setChoice((before) => ({ ...before, ...fields }))}
        onBuild={() => setAsked({ ...choice })}
      />
      <LoadedView of={report}>
        {(value) => (
          <>
            <section class={`card${report.busy ? ' busy' : ''}`} aria-labelledby="me1-title">
              <div class="card-head">
                <h2 id="me1-title">{t('me1.title')}</h2>
                <div class="space" />
                <label class="check small">
                  <input
                    type="checkbox"
                    checked={interval}
                    onChange={(event) => setInterval(event.currentTarget.checked)}
                  />
                  {t('me1.intervals')}
                </label>
                <Downloads report="me1" query={me1Query(asked)} />
              </div>
              {nothing(value) ? (
                <NoData period={periodText(value.params.fromTs, value.params.toTs, value.timeZone)} />
              ) : (
                <Me1Table report={value} interval={interval} />
              )}
              <Notes notes={value.notes} />
              {may('export') && <SampleDownloads query={{ ...asked.period, streams: asked.streams }} />}
            </section>
            {!nothing(value) && <Me1Charts report={value} />}
          </>
        )}
      </LoadedView>
    </>
  );
};
