/** Reads all that is shown of one forward pass, while no step begins. */
import type {Intervention} from '../model/interventions.js';
import type {LensReading, PassOptions, PassReading} from '../model/readings.js';
import type {TrainingSession} from './session.js';

type Session = Pick<TrainingSession, 'trace' | 'lens' | 'attribution' | 'weights' | 'stepsBegun'>;
type Changes = {interventions: readonly Intervention[]} | undefined;

/**
 * Returns one forward pass: its intermediates, the weights behind them, the logit lens and an attribution, all from the same weights. No
 * step may begin meanwhile.
 * @throws {TokensError} {@link InterventionError} as `forward`
 */
export async function readPass(
  session: Session,
  ids: ArrayLike<number>,
  {want = [], weights = [], lens, attributed, interventions = [], patches}: PassOptions,
): Promise<PassReading> {
  const all = [...interventions, ...(patches ? await valuesOf(session, patches) : [])];
  const changes: Changes = all.length > 0 ? {interventions: all} : undefined;
  const trace = want.length > 0 ? await session.trace(ids, want, changes) : new Map();
  const named = weights.length > 0 ? await session.weights(weights) : new Map();
  const read = lens && (await readLens(session, ids, lens, changes));
  const targets = attributed && [
    ...(attributed.targets ?? (read ? candidatesAt(read, attributed.position) : [])),
  ];
  return {
    step: session.stepsBegun,
    trace: Object.fromEntries(trace),
    weights: Object.fromEntries(named),
    // What was not asked for is absent, so that the answer is the same as JSON.
    ...(read && {lens: read}),
    ...(targets && {
      attribution: {
        ...(await session.attribution(ids, targets, {position: attributed!.position, ...changes})),
        targets,
      },
    }),
  };
}

/** Returns the changes with the values that another text has there. */
async function valuesOf(
  session: Session,
  {ids, places}: NonNullable<PassOptions['patches']>,
): Promise<Intervention[]> {
  const trace = await session.trace(
    ids,
    places.map(({at}) => at),
  );
  return places.map((place) => ({...place, change: 'set', value: trace.get(place.at)!}));
}

async function readLens(
  session: Session,
  ids: ArrayLike<number>,
  {count, followed}: NonNullable<PassOptions['lens']>,
  changes: Changes,
): Promise<NonNullable<PassReading['lens']>> {
  const usual = await session.lens(ids, {count});
  if (!changes) {
    const targets = idsOf(usual.at(-1)!.likeliest.map((row) => row.slice(0, followed)));
    return {targets, readings: await session.lens(ids, {count, targets})};
  }
  // Before and after are compared for the tokens that are likely in either.
  const changed = await session.lens(ids, {count, ...changes});
  const targets = idsOf([...usual, ...changed].flatMap(({likeliest}) => likeliest));
  return {
    targets,
    readings: await session.lens(ids, {count, targets, ...changes}),
    before: await session.lens(ids, {count, targets}),
  };
}

const idsOf = (rows: LensReading['likeliest']): number[] => [...new Set(rows.flat().map(({id}) => id))];

/** The likeliest tokens at the end of the stream, changed or not. */
const candidatesAt = ({readings, before}: NonNullable<PassReading['lens']>, token: number): number[] =>
  idsOf(
    [readings, before ?? []].flatMap((points) => points.at(-1)?.likeliest[token] ?? []).map((one) => [one]),
  );
