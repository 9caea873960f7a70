import type { ProseSection, ReportDocument } from '../../document.js';
import { LocalTime } from '../../../time/local-time.js';
import { drawCharts } from './pdf-charts.js';
import { INK, MUTED, PdfPage, type TextLook } from './pdf-page.js';
import { drawTable } from './pdf-table.js';

const FOOTNOTE: TextLook = { size: 6.2, colour: MUTED };
const NOTE: TextLook = { size: 7.2, colour: '#8a4b00' };
const FACT: TextLook = { size: 7.2, colour: INK };

/** The document as PDF: A4 landscape, real text in an embedded font, charts as vector drawings. */
export const renderPdf = (document: ReportDocument): Promise<Uint8Array> => {
  const zone = new LocalTime(document.timeZone);
  const page = new PdfPage({
    lang: document.lang,
    title: `${document.title}. ${document.subtitle}`,
    layout: 'landscape',
    margin: 28,
    createdTs: document.generatedTs,
    footer: `EmoScope · ${document.title} · ${document.subtitle}`,
  });
  page.paragraph(document.title, { size: 15, bold: true }, 1);
  page.paragraph(document.subtitle, { size: 10, colour: MUTED }, 5);
  // No-break spaces inside a short fact: a line ends between facts.
  const facts = document.facts
    .filter(({ value }) => value !== document.subtitle)
    .map(({ label, value }) => `${label}: ${value}`)
    .map((fact) => (fact.length > 80 ? fact : fact.replaceAll(' ', '\u00a0')));
  page.paragraph(facts.join('   ·   '), FACT, 7);
  for (const section of document.sections) {
    if (section.kind === 'prose') drawProse(page, section);
    else if (section.kind === 'charts') drawCharts(page, section, document, zone, closingHeight(page, document) + 8);
    else if (section.printed) {
      if (document.sections.filter((other) => other.kind === 'table' && other.printed).length > 1) {
        page.ensure(50);
        page.paragraph(section.title, { size: 9.5, bold: true }, 3);
      }
      drawTable(page, section, document, zone);
    }
  }
  // Notes stay together: the last line of them alone would be a page.
  page.ensure(closingHeight(page, document));
  for (const note of document.notes) page.paragraph(note, NOTE, 2);
  for (const note of document.footnotes) page.paragraph(note, FOOTNOTE, 1.2);
  return page.finish();
};

/** Height of the notes and footnotes at the end. */
const closingHeight = (page: PdfPage, { notes, footnotes }: ReportDocument): number =>
  notes.reduce((sum, note) => sum + page.textHeight(note, page.width, NOTE) + 2, 0) +
  footnotes.reduce((sum, note) => sum + page.textHeight(note, page.width, FOOTNOTE) + 1.2, 0);

const drawProse = (page: PdfPage, { title, lead, lines }: ProseSection): void => {
  page.ensure(44);
  page.paragraph(title, { size: 9.5, bold: true }, 1);
  page.paragraph(lead, { size: 9 }, 2);
  for (const line of lines) page.paragraph(`•  ${line}`, { size: 7.5, colour: MUTED }, 1);
  page.y += 5;
};
