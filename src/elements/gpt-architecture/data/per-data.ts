/** Returns a function that computes its answer once for each object and key: drawing asks again in every frame. */
export function oncePerData<D extends object, T>(
  compute: (data: D, key: string) => T,
): (data: D, key: string) => T {
  const known = new WeakMap<D, Map<string, T>>();
  return (data, key) => {
    let answers = known.get(data);
    if (!answers) known.set(data, (answers = new Map()));
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, (answer = compute(data, key)));
    return answer;
  };
}
