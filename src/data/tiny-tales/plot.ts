/**
 * The plot of every tale: five parts, each one of several templates with equal chances.
 *
 * A slot in braces is a word list (`words.ts`) or a pronoun that agrees with the hero: `she`, `Her` (whose), `him` (whom); a
 * capital letter begins a sentence. The templates of a part differ in a fixed place before either
 * ends, so that a text can have come about in one way only (`grammar.test.ts` proves it).
 */
export const PLOT: readonly (readonly string[])[] = [
  // Somebody comes upon something somewhere.
  [
    '{hero} {found} a {size} {look} {thing} {where}.',
    'One {sort} day {hero} {found} a {size} {look} {thing} {where}.',
    '{hero} was {where}. {She} {found} a {size} {look} {thing}.',
    'A {size} {look} {thing} was {where}. {hero} {noticed} it.',
  ],
  // What they make of it.
  [
    '{She} was {glad}.',
    '{She} {sang}.',
    '{She} {held} it.',
    '{She} {held} the {thing}.',
    'The {thing} was {seems}.',
    '"What a {seems} {thing}!" said {hero}.',
    '"I {like} this {thing}," {she} said.',
    'It was {seems}.',
  ],
  // A friend comes.
  [
    '{friend} {came} {over}.',
    '{friend} {noticed} the {thing} too.',
    '{friend} was {where} too.',
    'Then {friend} {came} {over}.',
    '{She} took the {thing} to {friend}.',
    '{She} {met} {friend} {elsewhere}.',
    '{Her} {gran} and {friend} {came} {over}.',
  ],
  // They talk.
  [
    '"{may} I {hold} it?" asked {friend}. "{yes}," said {hero}.',
    '"{may} we {hold} the {thing}?" asked {friend}.',
    '"Let us {hold} it," said {hero}.',
    '"Is it {seems}?" asked {friend}.',
    '"It is {seems}," said {friend}.',
    '"I {like} your {thing}," said {friend}.',
  ],
  // And so it ends.
  [
    'They {held} the {thing} {when}.',
    'They {sang} {where} {when}.',
    '{hero} and {friend} {sang} {elsewhere}.',
    '{hero} and {friend} went home {glad}.',
    '{hero} {sang} and {friend} {sang}.',
    '{hero} {loved} the {size} {look} {thing}.',
    '{friend} gave {him} a {shade} {gift}. {hero} {loved} the {gift}.',
    '{friend} was {glad} and {sang}.',
    '{She} took the {thing} home.',
    '"{bye}," said {friend}.',
  ],
];
