/** Text and its bytes in every defined term: the examples of PS3.5 annexes H to K, and names in the other sets. */

import type { ElementVr } from '../../../../src/dicom/vr.ts';

export interface Vector {
  readonly name: string;
  readonly charset: string;
  readonly vr: ElementVr;
  readonly hex: string;
  readonly text: string;
}

const YAMADA_KANJI = '1b2442 3b334544 {back} 5e 1b2442 42404f3a {back}';
const YAMADA_KANA = '1b2442 2464245e2440 {back} 5e 1b2442 243f246d2426 {back}';

/** The ideographic and phonetic groups of annex H, switched back by ESC ( and `final`. */
function yamada(final: string): string {
  return `3d ${YAMADA_KANJI} 3d ${YAMADA_KANA}`.replaceAll('{back}', `1b28${final}`);
}

export const VECTORS: readonly Vector[] = [
  {
    name: 'PS3.5 H.3.1',
    charset: '\\ISO 2022 IR 87',
    vr: 'PN',
    hex: `59616d616461 5e 5461726f75 ${yamada('42')}`,
    text: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
  },
  {
    name: 'PS3.5 H.3.2',
    charset: 'ISO 2022 IR 13\\ISO 2022 IR 87',
    vr: 'PN',
    hex: `d4cfc0de 5e c0dbb3 ${yamada('4a')}`,
    text: 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
  },
  {
    name: 'PS3.5 I.2',
    charset: '\\ISO 2022 IR 149',
    vr: 'PN',
    hex: '486f6e67 5e 47696c646f6e67 3d 1b242943 fbf3 5e 1b242943 d1ced4d7 3d 1b242943 c8ab 5e 1b242943 b1e6b5bf',
    text: 'Hong^Gildong=洪^吉洞=홍^길동',
  },
  {
    name: 'PS3.5 I.3, first line',
    charset: '\\ISO 2022 IR 149',
    vr: 'LT',
    hex: '54686520317374206c696e6520696e636c7564657320 1b242943 b1e6b5bf 2e 0d0a',
    text: 'The 1st line includes 길동.\r\n',
  },
  {
    name: 'PS3.5 J.1',
    charset: 'ISO_IR 192',
    vr: 'PN',
    hex: '57616e67 5e 5869616f446f6e67 3d e78e8b 5e e5b08fe4b89c 3d',
    text: 'Wang^XiaoDong=王^小东=',
  },
  {
    name: 'PS3.5 J.3',
    charset: 'GB18030',
    vr: 'PN',
    hex: '57616e67 5e 5869616f446f6e67 3d cdf5 5e d0a1b6ab 3d',
    text: 'Wang^XiaoDong=王^小东=',
  },
  {
    name: 'GBK as PS3.5 J.3',
    charset: 'GBK',
    vr: 'PN',
    hex: '57616e67 5e 5869616f446f6e67 3d cdf5 5e d0a1b6ab 3d',
    text: 'Wang^XiaoDong=王^小东=',
  },
  {
    name: 'PS3.5 K.2',
    charset: '\\ISO 2022 IR 58',
    vr: 'PN',
    hex: '5a68616e67 5e 5869616f446f6e67 3d 1b242941 d5c5 5e 1b242941 d0a1b6ab 3d 20',
    text: 'Zhang^XiaoDong=张^小东= ',
  },
  {
    name: 'two lines of Chinese, each designated anew',
    charset: '\\ISO 2022 IR 58',
    vr: 'ST',
    hex: '312e 1b242941 b5dad2bbd0d0 0d0a 322e 1b242941 b5dab6fed0d0',
    text: '1.第一行\r\n2.第二行',
  },
  { name: 'Latin-1', charset: 'ISO_IR 100', vr: 'PN', hex: '4275635e4ae972f46d65', text: 'Buc^Jérôme' },
  { name: 'Latin-1', charset: 'ISO_IR 100', vr: 'PN', hex: 'c46e6561735e52fc6469676572', text: 'Äneas^Rüdiger' },
  { name: 'Latin-2', charset: 'ISO_IR 101', vr: 'PN', hex: '5761b3ea73615e4c656368', text: 'Wałęsa^Lech' },
  { name: 'Latin-3', charset: 'ISO_IR 109', vr: 'PN', hex: 'a1616d72756e', text: 'Ħamrun' },
  { name: 'Latin-4', charset: 'ISO_IR 110', vr: 'PN', hex: 'a9e3bafef1', text: 'Šãēūņ' },
  { name: 'Cyrillic', charset: 'ISO_IR 144', vr: 'PN', hex: 'bbeeda6365dcd17970d3', text: 'Люкceмбypг' },
  { name: 'Arabic', charset: 'ISO_IR 127', vr: 'PN', hex: 'e2c8c7e6ea5ee4e6d2c7d1', text: 'قباني^لنزار' },
  { name: 'Greek', charset: 'ISO_IR 126', vr: 'PN', hex: 'c4e9efedf5f3e9eff2', text: 'Διονυσιος' },
  { name: 'Hebrew', charset: 'ISO_IR 138', vr: 'PN', hex: 'f9f8e5ef5ee3e1e5f8e4', text: 'שרון^דבורה' },
  { name: 'Latin-5', charset: 'ISO_IR 148', vr: 'PN', hex: 'c7617675fe6ff06c755edd', text: 'Çavuşoğlu^İ' },
  { name: 'Thai', charset: 'ISO_IR 166', vr: 'PN', hex: 'b9d2c1caa1d8c55eaad7e8cd', text: 'นามสกุล^ชื่อ' },
  { name: 'Latin-9', charset: 'ISO_IR 203', vr: 'LO', hex: 'bc75767265a420be', text: 'Œuvre€ Ÿ' },
  { name: 'half-width katakana', charset: 'ISO_IR 13', vr: 'PN', hex: 'd4cfc0de5ec0dbb3', text: 'ﾔﾏﾀﾞ^ﾀﾛｳ' },
];
