import type { Language } from '../../contracts/language.js';
import { printable } from '../../report/printable-text.js';
import { escapeHtml as e } from '../../report/render/escape.js';
import { htmlPage } from '../../report/render/page.js';
import { INK, MUTED, PdfPage } from '../../report/render/pdf/pdf-page.js';
import { MEDIA_TYPES, type Rendered } from '../../report/render/rendered.js';
import { noticeText, type NoticeInput, type NoticeText } from './notice-text.js';

const STYLE = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0 auto;max-width:820px;padding:28px clamp(16px,4vw,48px);font:17px/1.45 system-ui,"Segoe UI",Roboto,Arial,"DejaVu Sans",sans-serif}
svg{width:92px;height:92px;float:right;margin:0 0 10px 20px;fill:none;stroke:currentColor;stroke-width:4;stroke-linecap:round}
h1{font-size:34px;line-height:1.15;margin:0 0 12px}
.lead{font-size:20px;margin:0 0 8px}
h2{font-size:19px;margin:20px 0 4px}
p{margin:0 0 5px;overflow-wrap:break-word}
footer{margin-top:22px;padding-top:10px;border-top:1px solid;font-size:13px;opacity:.75}
@media (max-width:600px){h1{font-size:26px}.lead{font-size:18px}svg{width:64px;height:64px}}
@media print{@page{size:A4;margin:16mm}:root{color-scheme:light}body{padding:0;max-width:none;font-size:12.5pt}h1{font-size:25pt}.lead{font-size:14pt}h2{font-size:14pt}}
`;

// A camera and a face that smiles: understood without reading.
const SIGN_PATHS = [
  'M6 30L46 30L46 66L6 66Z',
  'M46 42L62 34L62 62L46 54',
  'M70 22A20 20 0 0 1 110 22A20 20 0 0 1 70 22',
  'M81 27Q90 36 99 27',
] as const;
const SIGN_EYES = [
  { x: 83, y: 17 },
  { x: 97, y: 17 },
] as const;

/** The notice for the door, A4 portrait, in Russian or English. */
export const renderNotice = async (input: NoticeInput, format: 'html' | 'pdf', lang: Language): Promise<Rendered> => {
  const text = noticeText(input, lang);
  const body = format === 'html' ? noticeHtml(text, input, lang) : await noticePdf(text, input, lang);
  return { ...MEDIA_TYPES[format], body };
};

const noticeHtml = (text: NoticeText, input: NoticeInput, lang: Language): string => {
  const eyes = SIGN_EYES.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="1"/>`).join('');
  const sign = `<svg viewBox="0 -2 114 72" aria-hidden="true">${SIGN_PATHS.map((d) => `<path d="${d}"/>`).join('')}${eyes}</svg>`;
  const sections = text.sections.map(
    ({ heading, lines }) =>
      `<section><h2>${e(heading)}</h2>${lines.map((line) => `<p>${e(line)}</p>`).join('')}</section>`,
  );
  const foot = [printable(input.siteName), text.law].filter((line) => line !== '').map((line) => `<p>${e(line)}</p>`);
  return htmlPage(
    lang,
    text.title,
    STYLE,
    `<main>${sign}<h1>${e(text.title)}</h1><p class="lead">${e(text.lead)}</p>${sections.join('')}</main><footer>${foot.join('')}</footer>`,
  );
};

const SIGN_WIDTH = 110;

const noticePdf = (text: NoticeText, input: NoticeInput, lang: Language): Promise<Uint8Array> => {
  const page = new PdfPage({
    lang,
    title: text.title,
    layout: 'portrait',
    margin: 46,
    createdTs: input.generatedTs,
    footer: printable(input.siteName),
  });
  const scale = SIGN_WIDTH / 114;
  page.doc
    .save()
    .translate(page.left + page.width - SIGN_WIDTH, page.y)
    .scale(scale);
  page.doc.lineWidth(3.4).strokeColor(INK).lineCap('round').lineJoin('round');
  for (const path of SIGN_PATHS) page.doc.path(path).stroke();
  for (const { x, y } of SIGN_EYES) page.doc.circle(x, y, 2).fill(INK);
  page.doc.restore();
  const beside = page.width - SIGN_WIDTH - 24;
  const title = { size: 27, bold: true } as const;
  page.write(text.title, page.left, page.y, beside, title);
  page.y += Math.max(page.textHeight(text.title, beside, title), 72 * scale) + 12;
  page.paragraph(text.lead, { size: 14.5 }, 8);
  for (const { heading, lines } of text.sections) {
    page.y += 8;
    page.paragraph(heading, { size: 14, bold: true }, 2);
    for (const line of lines) page.paragraph(line, { size: 12 }, 3);
  }
  page.y += 10;
  if (text.law !== '') page.paragraph(text.law, { size: 9, colour: MUTED });
  return page.finish();
};
