import type { SheetOptions } from 'write-excel-file/node';
import {
  findElement,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
  replaceElement,
  sanitizeTextContent,
} from 'write-excel-file/utility';
import type { Language } from '../../../contracts/language.js';

type Options = Pick<SheetOptions<unknown>, 'sheet' | 'columns' | 'orientation' | 'stickyRowsCount'>;

/** What the writer takes as a "feature": changes to the parts of the file as it makes them. */
interface PrintSetup {
  readonly files: {
    readonly transform: {
      readonly 'xl/worksheets/sheet{id}.xml': { readonly transform: (xml: string, sheet: Options) => string };
      readonly 'xl/workbook.xml': { readonly transform: (xml: string, sheets: readonly Options[]) => string };
    };
  };
}

/** Order of the elements of a worksheet that matter here (ECMA-376, part 1, 18.3.1.99). */
const SHEET_ORDER = ['sheetPr', 'sheetViews', 'cols', 'sheetData', 'pageMargins', 'pageSetup', 'headerFooter'];
const BOOK_ORDER = ['sheets', 'definedNames', 'calcPr'];
/** Characters of the body font that stand side by side on A4 landscape at full size, and the least readable scale. */
const PAGE_CHARACTERS = 145;
const LEAST_SCALE = 0.5;
/** Excel ends a footer at 255 characters. */
const FOOTER_LIMIT = 160;

/** Pages side by side on which a sheet is still readable. */
const pagesWide = ({ columns = [] }: Options): number => {
  const characters = columns.reduce((sum, { width = 10 }) => sum + width, 0);
  return Math.max(1, Math.ceil((characters * LEAST_SCALE) / PAGE_CHARACTERS));
};

/** How the workbook comes out of a printer: A4, as wide as it is readable, head and first column on every page. */
export const printSetup = (footer: string, lang: Language): PrintSetup => {
  const pageOf = lang === 'ru' ? 'стр. &P из &N' : 'page &P of &N';
  const left = footer.slice(0, FOOTER_LIMIT).replaceAll('&', '&&');
  const footerXml = `<headerFooter><oddFooter>${sanitizeTextContent(`&L&8${left}&R&8${pageOf}`)}</oddFooter></headerFooter>`;
  const sheetXml = (xml: string, options: Options): string => {
    const setup = getSelfClosingTagMarkup('pageSetup', {
      paperSize: 9,
      orientation: options.orientation ?? 'portrait',
      fitToWidth: pagesWide(options),
      fitToHeight: 0,
    });
    const margins = { left: 0.4, right: 0.4, top: 0.4, bottom: 0.6, header: 0.3, footer: 0.3 };
    return [
      '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
      getSelfClosingTagMarkup('pageMargins', margins),
      setup,
      footerXml,
    ].reduce((filled, element) => put(filled, element, SHEET_ORDER, 'worksheet'), xml);
  };
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': { transform: sheetXml },
        'xl/workbook.xml': { transform: (xml, sheets) => put(xml, printTitles(sheets), BOOK_ORDER, 'workbook') },
      },
    },
  };
};

/** Names that repeat the frozen head and column on each printed page. */
const printTitles = (sheets: readonly Options[]): string => {
  const names = sheets.flatMap(({ sheet = '', stickyRowsCount = 0 }, index) => {
    if (stickyRowsCount === 0) return [];
    const quoted = `'${sheet.replaceAll("'", "''")}'`;
    const range = sanitizeTextContent(`${quoted}!$A:$A,${quoted}!$1:$${stickyRowsCount}`);
    return [`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${range}</definedName>`];
  });
  return names.length === 0 ? '<definedNames/>' : `<definedNames>${names.join('')}</definedNames>`;
};

/** Puts an element in its place, or in that of one of its name. */
const put = (xml: string, element: string, order: string[], parent: string): string => {
  const name = /^<(\w+)/.exec(element)?.[1] ?? '';
  const present = findElement(xml, name);
  return present === undefined
    ? insertElementMarkupAccordingToOrderOfSiblings(xml, element, order, parent)
    : replaceElement(xml, present, element);
};
