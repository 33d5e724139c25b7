/** Whether the reader has hidden the bar, for all pages of a site. */
const KEY = 'gpt-trainer-bar-hidden';

export function recallHidden(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false; // Storage is not allowed here: the bar is shown.
  }
}

export function rememberHidden(isHidden: boolean): void {
  try {
    if (isHidden) localStorage.setItem(KEY, '');
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
