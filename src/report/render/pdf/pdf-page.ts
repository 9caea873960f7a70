import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Language } from '../../../contracts/language.js';
import { drawable } from './pdf-text.js';
import { textLines } from '../text-lines.js';

const require = createRequire(import.meta.url);
const FONTS = {
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};
const LINE = 1.22;
const UNIT = 100;
const SPACE = ' ';

export const INK = '#16202b';
export const MUTED = '#566473';
export const RULE = '#c3ccd6';

export interface PdfSetup {
  readonly lang: Language;
  readonly title: string;
  readonly layout: 'landscape' | 'portrait';
  readonly margin: number;
  /** Written as the file's creation time, so that equal reports are equal files. */
  readonly createdTs: number;
  /** Left part of the footer of every page. */
  readonly footer: string;
}

export interface TextLook {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'center';
  /** Lines after which the text ends in «…»; default: none. */
  readonly maxLines?: number;
}

/** An A4 page with a cursor: blocks go down the page, a full page begins the next one. Lengths in points. */
export class PdfPage {
  readonly doc: PDFKit.PDFDocument;
  readonly left: number;
  readonly width: number;
  /** Where the next block begins. */
  y: number;
  private readonly widths = { plain: new Map<string, number>(), bold: new Map<string, number>() };
  private readonly bottom: number;
  private readonly finished: Promise<Uint8Array>;

  constructor(private readonly setup: PdfSetup) {
    const { margin, layout, lang, title, createdTs } = setup;
    this.doc = new PDFDocument({
      size: 'A4',
      layout,
      // The cursor below breaks pages; a bottom margin would make the library do it too.
      margins: { top: margin, left: margin, right: margin, bottom: 0 },
      bufferPages: true,
      pdfVersion: '1.7',
      lang: lang === 'ru' ? 'ru-RU' : 'en-GB',
      displayTitle: true,
      font: '',
      info: { Title: title, Creator: 'EmoScope', Producer: 'EmoScope', CreationDate: new Date(createdTs) },
    });
    this.doc.registerFont('plain', FONTS.plain).registerFont('bold', FONTS.bold);
    const chunks: Buffer[] = [];
    this.finished = new Promise((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      this.doc.on('error', reject);
    });
    this.left = margin;
    this.width = this.doc.page.width - 2 * margin;
    this.bottom = this.doc.page.height - margin - 8;
    this.y = margin;
  }

  /** Height left on this page. */
  get room(): number {
    return this.bottom - this.y;
  }

  /** Begins a new page unless `height` still fits on this one; says whether it did. */
  ensure(height: number): boolean {
    if (height <= this.room || this.y === this.left) return false;
    this.doc.addPage();
    this.y = this.left;
    return true;
  }

  textWidth(text: string, look: TextLook): number {
    return this.unitWidth(drawable(text), look.bold === true) * look.size;
  }

  /** Height the text takes in a column of `width`. */
  textHeight(text: string, width: number, look: TextLook): number {
    return this.lines(text, width, look).length * look.size * LINE;
  }

  /** Text in a column at a place; does not move the cursor. */
  write(text: string, x: number, y: number, width: number, look: TextLook): void {
    const { size, bold, colour = INK, align = 'left' } = look;
    const placed = this.lines(text, width, look).map((line) => {
      const spare = width - this.textWidth(line, look);
      return { line, shift: { left: 0, right: spare, center: spare / 2 }[align] };
    });
    // Measuring sets the font too, so the font of this text is set after all of it is measured.
    this.doc
      .font(bold === true ? 'bold' : 'plain')
      .fontSize(size)
      .fillColor(colour);
    placed.forEach(({ line, shift }, index) => {
      this.doc.text(line, x + shift, y + index * size * LINE, { lineBreak: false });
    });
  }

  /** A paragraph over the whole width, at the cursor. */
  paragraph(text: string, look: TextLook, after = 0): void {
    const height = this.textHeight(text, this.width, look);
    this.ensure(height);
    this.write(text, this.left, this.y, this.width, look);
    this.y += height + after;
  }

  rule(y: number, colour: string, lineWidth: number, width = this.width): void {
    this.doc
      .moveTo(this.left, y)
      .lineTo(this.left + width, y)
      .lineWidth(lineWidth)
      .strokeColor(colour)
      .stroke();
  }

  /** Writes footers and gives the file. */
  finish(): Promise<Uint8Array> {
    const { count } = this.doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.doc.switchToPage(index);
      const y = this.doc.page.height - this.left + 2;
      const look: TextLook = { size: 6, colour: MUTED };
      this.write(this.setup.footer, this.left, y, this.width - 60, { ...look, maxLines: 1 });
      const page = this.setup.lang === 'ru' ? `стр. ${index + 1} из ${count}` : `page ${index + 1} of ${count}`;
      this.write(page, this.left + this.width - 60, y, 60, { ...look, align: 'right' });
    }
    this.doc.end();
    return this.finished;
  }

  private lines(text: string, width: number, look: TextLook): string[] {
    if (text === '') return [];
    // Half a thousandth of slack: a column made exactly as wide as its text must hold it.
    return textLines(drawable(text), width + 0.0005, (part) => this.textWidth(part, look), look.maxLines);
  }

  /** Width at size 1, measured once per word: shaping a text is by far the dearest step of a page. */
  private unitWidth(text: string, bold: boolean): number {
    const known = this.widths[bold ? 'bold' : 'plain'];
    const parts = text.split(' ');
    let width = 0;
    for (const part of parts.length > 1 ? [...parts, ...Array<string>(parts.length - 1).fill(SPACE)] : parts) {
      let unit = known.get(part);
      if (unit === undefined) {
        unit =
          this.doc
            .font(bold ? 'bold' : 'plain')
            .fontSize(UNIT)
            .widthOfString(part) / UNIT;
        known.set(part, unit);
      }
      width += unit;
    }
    return width;
  }
}
