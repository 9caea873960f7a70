/** Writes docs/api/openapi.json and docs/api/errors.md from the code; a test fails when they are stale. */
import { writeFileSync } from 'node:fs';
import { errorsPage, openApiText } from '../test/fixtures/api-documents.js';

const at = (name: string): URL => new URL(`../docs/api/${name}`, import.meta.url);
writeFileSync(at('openapi.json'), await openApiText());
writeFileSync(at('errors.md'), await errorsPage());
