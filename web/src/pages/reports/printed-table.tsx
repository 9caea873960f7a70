import type { PrintedCell, PrintedTable as Table } from '../../data/printed-report.js';

const Words = ({ cell }: { readonly cell: PrintedCell }) => (
  <>
    {cell.text}
    {cell.small !== '' && <span class="ci">{cell.small}</span>}
  </>
);

const classOf = ({ isNumber }: PrintedCell): string | undefined => (isNumber ? 'num' : undefined);

/** A table of a report as it is printed. */
export const PrintedTable = ({ report, table }: { readonly report: string; readonly table: Table }) => (
  <section class="card" aria-labelledby={`printed-${table.id}`}>
    <h2 id={`printed-${table.id}`}>{table.title}</h2>
    {table.rows.length === 0 ? (
      <p class="muted">{table.emptyText}</p>
    ) : (
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby={`printed-${table.id}`}>
        <table class="table" data-report={report}>
          <thead>
            <tr>
              {table.heads.map((head) => (
                <th key={head.text} scope="col" class={classOf(head)}>
                  <Words cell={head} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ cells, isTotal }, index) => (
              <tr key={index} data-total={isTotal ? '' : undefined}>
                {cells.map((cell, place) =>
                  place === 0 ? (
                    <th key={place} scope="row" class={classOf(cell)}>
                      <Words cell={cell} />
                    </th>
                  ) : (
                    <td key={place} class={classOf(cell)}>
                      <Words cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
);
