/** Records that a page has for its figures: answers of their models to show before the engine runs. */
import {fetchWithin} from '../../math/within.js';
import type {LiveModel} from '../../state/live-model.js';
import {type ModelRecord, readRecord} from '../../state/record.js';

/** Figures with the same answers share them. */
const records = new Map<string, Promise<ModelRecord | undefined>>();

/** Fetches a record; undefined where that fails: the engine then computes what it would have held. */
function load(address: string): Promise<ModelRecord | undefined> {
  const known = records.get(address);
  if (known) return known;
  const loading = fetchRecord(address).catch((error: Error) => {
    console.warn(
      `The record ${address} could not be read (${error.message}); the model computes it instead.`,
    );
    return undefined;
  });
  records.set(address, loading);
  return loading;
}

async function fetchRecord(address: string): Promise<ModelRecord> {
  const response = await fetchWithin(new URL(address, document.baseURI));
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  return readRecord(await response.text());
}

/**
 * Gives a model the records at these addresses.
 * @param addresses Separated by white space, from the page
 */
export async function addRecords(model: LiveModel, addresses: string): Promise<void> {
  const loaded = await Promise.all(addresses.trim().split(/\s+/).map(load));
  for (const record of loaded) if (record) model.addRecord(record);
}
