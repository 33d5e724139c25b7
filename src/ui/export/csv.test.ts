import {expect} from '@open-wc/testing';
import {csvFile} from './csv.js';

describe('a table as a file', () => {
  it('has a line a row, and quotes what would be taken for something else', async () => {
    const file = await csvFile([
      ['id', 'token'],
      [0, 'a, b'],
      [1, 'say "hi"'],
      [2, 'two\nlines'],
      [3, ' the'],
      [-1.5, ''],
    ]);
    expect(file.type).to.equal('text/csv;charset=utf-8');
    expect(await file.text()).to.equal(
      'id,token\r\n0,"a, b"\r\n1,"say ""hi"""\r\n2,"two\nlines"\r\n3, the\r\n-1.5,\r\n',
    );
  });

  it('takes rows one after the other, of any number', async () => {
    function* rows() {
      for (let i = 0; i < 100_000; i++) yield [i, i * i];
    }
    const lines = (await (await csvFile(rows())).text()).split('\r\n');
    expect(lines).to.have.lengthOf(100_001);
    expect(lines[99_999]).to.equal('99999,9999800001');
  });
});
