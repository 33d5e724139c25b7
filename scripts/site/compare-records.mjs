/**
 * Asks the models of a page everything that was recorded for its figures, and compares the answers. Runs in the page.
 * @returns how many numbers were compared, the largest difference, and what differs in more than numbers
 */
export async function compareRecords() {
  const decode = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;
  const half = (bits) => {
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    const magnitude = exponent ? (1024 + fraction) * 2 ** (exponent - 25) : fraction * 2 ** -24;
    return bits & 0x8000 ? -magnitude : magnitude;
  };
  const revive = (_, value) => {
    if (value?.uint16 !== undefined) {
      const {uint16, low, high} = value;
      return [...new Uint16Array(decode(uint16))].map((part) => low + ((high - low) * part) / 65535);
    }
    if (value?.float32 !== undefined) return [...new Float32Array(decode(value.float32))];
    if (value?.float16 !== undefined) return [...new Uint16Array(decode(value.float16))].map(half);
    return value;
  };
  const result = {compared: 0, largest: 0, differing: []};
  /** Compares two answers part by part. */
  const compare = (recorded, live, where) => {
    if (typeof recorded === 'number') {
      result.compared++;
      result.largest = Math.max(result.largest, Math.abs(recorded - live));
    } else if (recorded && typeof recorded === 'object') {
      const [a, b] = [Object.keys(recorded), Object.keys(live ?? {})];
      if (a.length !== b.length) result.differing.push(`${where}: ${a.length} parts and ${b.length}`);
      else for (const key of a) compare(recorded[key], live[key], `${where}.${key}`);
    } else if (recorded !== live) result.differing.push(`${where}: ${recorded} and ${live}`);
  };
  const asked = new Set();
  for (const figure of document.querySelectorAll('[recorded]:not([recorded=""])')) {
    const provider = document.getElementById(figure.getAttribute('for')) ?? figure.closest('gpt-model');
    await customElements.whenDefined('gpt-model');
    const {live} = provider;
    await live.start();
    for (const address of figure.getAttribute('recorded').split(' ')) {
      if (asked.has(address)) continue;
      asked.add(address);
      const record = JSON.parse(await (await fetch(address)).text(), revive);
      for (const [key, answer] of Object.entries(record.answers)) {
        const [method, first, second, third] = JSON.parse(key);
        let again;
        if (method === 'trace') again = await live.trace({ids: first, want: second, options: third});
        else if (method === 'weights') again = Object.fromEntries(await live.weights(first));
        else if (method === 'lens') again = await live.lens({ids: first, ...second});
        else if (method === 'pass') again = await live.pass({ids: first, ...second});
        else if (method === 'attribution')
          again = await live.attribution({ids: first, targets: second, ...third});
        else if (method === 'generate') again = await Array.fromAsync(live.generate(first));
        else if (method === 'inspect') again = await live.inspect(first);
        else throw new Error(`The test does not know how to ask again: ${method}`);
        compare(answer, again, key.slice(0, 80));
      }
    }
  }
  return result;
}
