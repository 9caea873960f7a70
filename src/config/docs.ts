import { configTable, exampleYaml } from './example.js';

const CONFIGURATION_HEAD = `# Configuration

EmoScope reads one YAML file: \`--config FILE\`, else \`EMOSCOPE_CONFIG\`, else \`emoscope.yaml\` in the working folder; without
any of them all defaults hold. Unknown keys and bad values are all reported at once, each with its line and path, and the
program ends with exit code 2. [\`emoscope.example.yaml\`](../emoscope.example.yaml) holds every key with its default.

Every key can be overridden by an environment variable, named in the last column; \`N\` stands for the number of a list item
(\`EMOSCOPE_STREAMS_0_FPS=2\`). Lists are given as YAML (\`EMOSCOPE_SERVER_CORS_ORIGINS='[https://a.example]'\`). A name that
begins with \`EMOSCOPE_\` and is no key is an error, except the service links that an orchestrator sets
(\`EMOSCOPE_SERVICE_HOST\`, \`EMOSCOPE_PORT_8080_TCP\` …), which are left alone. Not keys: \`EMOSCOPE_CONFIG\`, \`EMOSCOPE_LANG\`, \`EMOSCOPE_API_KEY\` (for
\`report\` and \`backup\` against a running service), \`EMOSCOPE_PASSWORD\` (for \`user add\`).

A key or section without a value has its default. The file is UTF-8, or UTF-16 with its mark; any other encoding is named.
\`site.timeZone: auto\` takes the zone of \`TZ\` (\`Europe/Moscow\`, \`:Europe/Moscow\`, \`MSK-3\`, a zone file …) or of the system; one
that cannot be told is a problem of the configuration.

Durations are written as \`500ms\`, \`10s\`, \`15m\`, \`12h\`, \`30d\` or \`5y\`. Secrets in URLs are replaced by \`***\` in every
log, answer and error.

This page and the example file are generated from the schema by \`npm run docs\`; a test fails when they are stale.

`;

/** Files generated from the schema, by path from the repository's root. */
export const generatedConfigDocs = (): Readonly<Record<string, string>> => ({
  'emoscope.example.yaml': exampleYaml(),
  'docs/configuration.md': `${CONFIGURATION_HEAD}${configTable()}\n`,
});
