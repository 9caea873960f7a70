/** One cell of a printed table: its words, and the small ones under them. */
export interface PrintedCell {
  readonly text: string;
  readonly small: string;
  readonly isNumber: boolean;
}

/** One table of a printed report. */
export interface PrintedTable {
  readonly id: string;
  readonly title: string;
  readonly heads: readonly PrintedCell[];
  readonly rows: readonly { readonly cells: readonly PrintedCell[]; readonly isTotal: boolean }[];
  /** What is said instead of rows. */
  readonly emptyText: string;
}

/** What a printed report says, in words alone. */
export interface PrintedReport {
  readonly tables: readonly PrintedTable[];
  readonly notes: readonly string[];
}

const textOf = (element: Element | null): string => element?.textContent.trim() ?? '';

const cellOf = (cell: Element): PrintedCell => {
  const small = textOf(cell.querySelector('small'));
  const whole = textOf(cell);
  return { text: small === '' ? whole : whole.slice(0, -small.length).trim(), small, isNumber: cell.matches('.n') };
};

const tableOf = (section: Element): PrintedTable => ({
  id: section.id,
  title: textOf(section.querySelector('h2')),
  heads: [...section.querySelectorAll('thead th')].map(cellOf),
  rows: [...section.querySelectorAll('tbody tr')].map((row) => ({
    cells: [...row.children].map(cellOf),
    isTotal: row.matches('.total'),
  })),
  emptyText: textOf(section.querySelector('.empty')),
});

/** The page's policy forbids styles written inside, and a parser says so even of a page that is not shown. */
const STYLES = /<style[^>]*>[^<]*<\/style>/g;

/** Reads the tables and notes of a report's HTML file; only their words are taken from it. */
export const printedReport = (html: string): PrintedReport => {
  const page = new DOMParser().parseFromString(html.replace(STYLES, ''), 'text/html');
  return {
    tables: [...page.querySelectorAll('main > section[id]')].map(tableOf),
    notes: [...page.querySelectorAll('.notes p, .method p')].map(textOf),
  };
};
