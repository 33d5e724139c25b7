import type {TextDemands} from '../text.js';

/** What is asked of a table of labeled texts. How many rows it needs is checked when they are read. */
export const TABLE_DEMANDS: TextDemands = {
  fewest: 1,
  give: 'Paste or choose a table with a class and a text in each row.',
  choose: 'Choose a plain text file (.tsv or .csv); in a spreadsheet program, save the table as CSV.',
};
