/** Writes the pages about the API and its figures from the code; a test fails when they are stale. */
import { writeFileSync } from 'node:fs';
import { errorsPage, openApiText } from '../test/fixtures/api-documents.js';
import { payloadsPage, prometheusPage } from '../test/fixtures/reference-pages.js';

const at = (path: string): URL => new URL(`../docs/${path}`, import.meta.url);
writeFileSync(at('api/openapi.json'), await openApiText());
writeFileSync(at('api/errors.md'), await errorsPage());
writeFileSync(at('api/payloads.md'), await payloadsPage());
writeFileSync(at('prometheus.md'), await prometheusPage());
