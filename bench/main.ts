/**
 * `npm run bench`: measures wltool beside DCMTK's tools and Orthanc, in turn, in one run. Arguments name the rows to
 * measure; all where there is none. Prints a table, and writes bench/results/NAME.json; bench/results/table.md holds the
 * newest figures of all rows.
 */

import { writeFileSync } from 'node:fs';
import type { Figure } from './figure.ts';
import { describeMachine } from './machine.ts';
import { plotQueryTime } from './plot-query-time.ts';
import { printTable } from './report.ts';
import { writeResults, writeTable } from './results.ts';
import type { Row } from './row.ts';
import { queryTimes } from './rows/query-time.ts';
import { ROWS } from './rows.ts';
import { Scope } from './scope.ts';
import { ROOT } from './wltool.ts';

const PLOT = `${ROOT}docs/query-time.svg`;

function rowsNamed(names: readonly string[]): readonly Row[] {
  if (names.length === 0) return ROWS;
  return names.map((name) => {
    const row = ROWS.find((each) => each.name === name);
    if (row === undefined) throw new Error(`no row ${name}: ${ROWS.map((each) => each.name).join(', ')}`);
    return row;
  });
}

async function measure(row: Row): Promise<readonly Figure[]> {
  const scope = new Scope();
  try {
    return await row.run(scope);
  } finally {
    await scope.end();
  }
}

const rows = rowsNamed(process.argv.slice(2));
for (const row of rows) {
  const machine = await describeMachine();
  console.log(`\n${row.name} (load ${machine.load.toFixed(1)} on ${machine.cores} cores)`);
  const figures = await measure(row);
  console.log(printTable(figures));
  console.log(writeResults(row.name, figures, machine));
  writeTable(ROWS.map(({ name }) => name));
  if (row === queryTimes) writeFileSync(PLOT, plotQueryTime(figures));
}
