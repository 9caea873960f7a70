/** What each room of inference may import of the others. */
const inferenceRooms = {
  pixels: '',
  conversion: '',
  models: 'conversion/',
  describe: 'pixels/',
  streams: 'pixels/|describe/|engine/port',
  engine: 'pixels/|describe/|streams/|models/|conversion/',
};

/** What each room of metrics may import of the others. */
const metricsRooms = {
  statistics: '',
  faces: 'statistics/',
  counts: 'statistics/',
  contact: 'statistics/|faces/',
  questions: 'statistics/|faces/|contact/',
};

const stages = ['ingest', 'inference', 'metrics', 'store', 'report', 'api', 'audit'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contracts-import-schemas-only',
      severity: 'error',
      from: { path: '^src/contracts/' },
      to: { pathNot: '^src/contracts/|node_modules/zod/' },
    },
    {
      name: 'runtime-knows-no-stage',
      severity: 'error',
      from: { path: '^src/runtime/' },
      to: { path: '^src/(?!runtime/|contracts/)' },
    },
    {
      name: 'time-knows-no-stage',
      severity: 'error',
      from: { path: '^src/time/' },
      to: { path: '^src/(?!time/|contracts/|runtime/(errors|grouped))' },
    },
    {
      name: 'config-knows-no-stage',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/(?!config/|runtime/|time/|contracts/)' },
    },
    {
      name: 'disclosure-knows-no-stage',
      severity: 'error',
      from: { path: '^src/disclosure/' },
      to: { path: '^src/(?!disclosure/|config/|runtime/|time/|contracts/)' },
    },
    {
      name: 'charts-know-contracts-alone',
      comment: 'What the charts of a report show, worked out once for files and dashboard.',
      severity: 'error',
      from: { path: '^src/charts/' },
      to: { path: '^src/(?!charts/|contracts/)' },
    },
    {
      name: 'reports-read-what-is-kept',
      comment:
        'A report is built from what the store answers and the metrics define, and becomes a document; no door, no stage that makes rows.',
      severity: 'error',
      from: { path: '^src/reporting/' },
      to: {
        path: '^src/(?!reporting/|report/|charts/|metrics/|disclosure/|time/|config/|runtime/|contracts/|store/ports/)',
      },
    },
    {
      name: 'offers-declare',
      comment: 'What the doors see of a report runs nothing.',
      severity: 'error',
      from: { path: '^src/reporting/offer' },
      to: { path: '^src/(?!contracts/)' },
    },
    {
      name: 'imports-read-files-alone',
      comment: 'A file becomes facts; who keeps them is handed in.',
      severity: 'error',
      from: { path: '^src/imports/' },
      to: { path: '^src/(?!imports/|contracts/|runtime/|time/)' },
    },
    ...stages.map((stage) => ({
      name: `${stage}-stands-alone`,
      severity: 'error',
      from: { path: `^src/${stage}/` },
      to: {
        path: `^src/(?!${stage}/|contracts/|runtime/|time/|config/${stage === 'api' ? '|disclosure/|reporting/offer' : ''})`,
      },
    })),
    ...Object.entries(metricsRooms).map(([room, others]) => ({
      name: `metrics-${room}-takes-what-lies-below`,
      severity: 'error',
      from: { path: `^src/metrics/${room}/` },
      to: { path: '^src/metrics/', pathNot: `^src/metrics/(${room}/${others === '' ? '' : `|${others}`})` },
    })),
    ...Object.entries(inferenceRooms).map(([room, others]) => ({
      name: `inference-${room}-takes-what-lies-below`,
      severity: 'error',
      from: { path: `^src/inference/${room}/` },
      to: { path: '^src/inference/', pathNot: `^src/inference/(${room}/${others === '' ? '' : `|${others}`})` },
    })),
    {
      name: 'inference-is-entered-by-its-service',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/inference/' },
      to: { path: '^src/inference/', pathNot: '^src/inference/engine/service\\.ts$' },
    },
    {
      name: 'metrics-are-pure',
      severity: 'error',
      from: { path: '^src/metrics/' },
      to: {
        pathNot:
          '^src/(metrics|contracts|runtime/(errors|grouped|turns)|time/|config/schema)|node_modules/(jstat|@types/jstat)/',
      },
    },
    {
      name: 'an-engine-is-chosen-in-one-file',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/(duckdb/|open-store)' },
      to: { path: '^src/store/duckdb/|node_modules/@duckdb/' },
    },
    {
      name: 'cli-composes-nothing',
      comment: 'The command line asks the pipeline to compose what it needs; of the stages it knows nothing.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(ingest|inference|metrics|store|report|api|audit)/' },
    },
    {
      name: 'cli-enters-the-pipeline-by-compose',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/pipeline/', pathNot: '^src/pipeline/compose/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'compose-stands-above-the-pipeline',
      severity: 'error',
      from: { path: '^src/pipeline/', pathNot: '^src/pipeline/compose/' },
      to: { path: '^src/pipeline/compose/' },
    },
    { name: 'pipeline-below-cli', severity: 'error', from: { path: '^src/pipeline/' }, to: { path: '^src/cli/' } },
    {
      name: 'fluent-ffmpeg-in-one-file',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ingest/ffmpeg/' },
      to: { path: 'fluent-ffmpeg' },
    },
    {
      name: 'onnxruntime-with-telemetry-off',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/inference/models/onnx-runtime' },
      to: { path: 'onnxruntime-node', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '/@types/' },
    },
    {
      name: 'web-takes-contracts-charts-and-the-live-client',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/(contracts/|charts/|client/live-client)' },
    },
    {
      name: 'pages-ask-through-data',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/data/' },
      to: { path: '^web/src/data/api\\.ts$', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
