/** What the elements wait for: requests, messages and short timers. */

let count = 0;

/** Whether anything is under way that may change what an element shows. */
export const isPending = (): boolean => count > 0;

/** Counts work from now until the returned function is called; calling it again changes nothing. */
export function begin(): () => void {
  let isOver = false;
  count++;
  return () => {
    if (!isOver) count--;
    isOver = true;
  };
}

/** Counts work for as long as it takes. */
export async function during<T>(work: () => Promise<T>): Promise<T> {
  const end = begin();
  try {
    return await work();
  } finally {
    end();
  }
}
