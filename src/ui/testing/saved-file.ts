import {buttonNamed} from './find-control.js';
import {until} from './until.js';

export interface SavedFile {
  name: string;
  content: Blob;
}

/** Presses the button with this label, and catches the file that it hands to the reader. */
export async function savedFile(root: ParentNode, label: string): Promise<SavedFile> {
  const button = buttonNamed(root.querySelectorAll('button'), label);
  const {createObjectURL} = URL;
  const {click} = HTMLAnchorElement.prototype;
  let content: Blob | undefined;
  let name: string | undefined;
  URL.createObjectURL = (blob: Blob) => createObjectURL.call(URL, (content = blob));
  HTMLAnchorElement.prototype.click = function () {
    name = this.download;
  };
  try {
    button.click();
    await until(() => name !== undefined, `the file behind “${label}”`);
  } finally {
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
  }
  return {name: name!, content: content!};
}

/** The lines of a saved table; none of its fields may hold the end of a line. */
export async function savedLines(root: ParentNode): Promise<string[]> {
  const {content} = await savedFile(root, 'CSV');
  return (await content.text()).trimEnd().split('\r\n');
}

/** What is written in a saved picture. */
export async function savedWords(root: ParentNode): Promise<string[]> {
  const {content} = await savedFile(root, 'SVG');
  const svg = new DOMParser().parseFromString(await content.text(), 'image/svg+xml');
  if (svg.querySelector('parsererror')) throw new Error('The picture is no SVG.');
  return [...svg.querySelectorAll('text')].map(({textContent}) => textContent!);
}
