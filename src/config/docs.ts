import { configTable, exampleYaml } from './example.js';

const CONFIGURATION_HEAD = `# Configuration

EmoScope reads one YAML file: \`--config FILE\`, else \`EMOSCOPE_CONFIG\`, else \`emoscope.yaml\` in the working folder; without
any of them all defaults hold. Unknown keys and bad values are all reported at once, each with its line and path, and the
program ends with exit code 2. [\`emoscope.example.yaml\`](../emoscope.example.yaml) holds every key with its default.

Every key can be overridden by an environment variable, named in the last column; \`N\` stands for the number of a list item
(\`EMOSCOPE_STREAMS_0_FPS=2\`). Lists are given as YAML (\`EMOSCOPE_SERVER_CORS_ORIGINS='[https://a.example]'\`). A name that
begins with \`EMOSCOPE_\` and is no key is an error. Not keys: \`EMOSCOPE_CONFIG\`, \`EMOSCOPE_LANG\`, \`EMOSCOPE_API_KEY\` (for
\`report\` and \`backup\` against a running service), \`EMOSCOPE_PASSWORD\` (for \`user add\`).

Durations are written as \`500ms\`, \`10s\`, \`15m\`, \`12h\`, \`30d\` or \`5y\`. Secrets in URLs are replaced by \`***\` in every
log, answer and error.

This page and the example file are generated from the schema by \`npm run docs\`; a test fails when they are stale.

`;

/** Files generated from the schema, by path from the repository's root. */
export const generatedConfigDocs = (): Readonly<Record<string, string>> => ({
  'emoscope.example.yaml': exampleYaml(),
  'docs/configuration.md': `${CONFIGURATION_HEAD}${configTable()}\n`,
});
