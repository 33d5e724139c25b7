import type {CsvRow} from '../../ui/export/csv.js';
import type {BatchView} from './batch-source.js';

/** Returns every position of the batch as rows of a CSV file. */
export function* batchRows(batch: BatchView, name: (id: number) => string): Generator<CsvRow> {
  const {batchSize: B, length: T, ids} = batch.tokens;
  yield ['row', 'position', 'input id', 'input', 'target id', 'target'];
  for (let row = 0; row < B; row++)
    for (let column = 0; column < T; column++) {
      const at = row * T + column;
      const label = batch.labels[at]!;
      yield [row, column, ids[at]!, name(ids[at]!), label, label < 0 ? '' : name(label)];
    }
}
